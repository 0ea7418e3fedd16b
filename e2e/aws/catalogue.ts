import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import instanceTypes from '../../imports/instance-types.json';
import type { InstanceType as Facts } from '../../lib/import/instance-types';

/** What the fake tells of an EC2 instance type, and what it costs. */
export interface InstanceType extends Facts {
  readonly name: string;
  /** Network interfaces of the first network card, and IPv4 addresses of each: they bound the number of pods. */
  readonly interfaces: number;
  readonly addresses: number;
  /** Dollars an hour, on demand. */
  readonly price: number;
}

export interface Catalogue {
  readonly types: ReadonlyMap<string, InstanceType>;
  /** Region and date of the prices. */
  readonly prices: string;
}

/**
 * Instance types of imports/ with what Karpenter's own module says of them. It carries prices of us-east-1 only, which
 * it takes for other regions until it has heard better ones; a type without a price it never starts.
 */
export function readCatalogue(source: string): Catalogue {
  const read = (path: string) => readFileSync(join(source, 'pkg/providers', path), 'utf8');
  const limits = read('instancetype/zz_generated.vpclimits.go');
  const pricing = read('pricing/zz_generated.pricing_aws.go');
  const prices = new Map(
    [...pricing.matchAll(/"([\w.-]+)": (\d+\.\d+)/g)].map(([, name = '', price]) => [name, Number(price)]),
  );
  const types = Object.entries(instanceTypes.types).flatMap(([name, facts]): [string, InstanceType][] => {
    const price = prices.get(name);
    return price === undefined ? [] : [[name, { name, ...facts, ...addressesOf(name, limits), price }]];
  });
  const [, date = 'unknown', region = 'unknown'] = /generated at ([\d-]+)\S* for (\S+)/.exec(pricing) ?? [];
  return { types: new Map(types), prices: `${region}, ${date}` };
}

function addressesOf(name: string, limits: string): { interfaces: number; addresses: number } {
  const start = limits.indexOf(`"${name}": {`);
  const entry = limits.slice(start, limits.indexOf('\n\t},', start));
  const number = (pattern: RegExp) => Number(pattern.exec(entry)?.[1]);
  const card = number(/DefaultNetworkCardIndex: +(\d+)/);
  return {
    interfaces: number(new RegExp(`MaximumNetworkInterfaces: (\\d+),\\s+NetworkCardIndex: +${card},`)),
    addresses: number(/IPv4PerInterface: +(\d+)/),
  };
}
