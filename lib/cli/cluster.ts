import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { adopt, type Outputs } from '../infrastructure/adopt';
import type { ClusterFile } from '../schema/cluster';
import { cost, quotas } from './cluster-plan';
import { type Command, type Context, text, UsageError } from './command';

const USAGE = `usage: tenantry cluster adopt --outputs FILE --like NAME --domain HOST
       tenantry cluster quotas NAME
       tenantry cluster cost NAME [--prices FILE]`;

/** Around the cluster itself: take one in that Terraform made, ask for quotas, know what it costs. */
export const cluster: Command = {
  name: 'cluster',
  args: 'adopt|quotas|cost',
  summary: 'Adopt a cluster that Terraform made; what quotas and money a cluster needs.',
  options: [
    { name: 'prices', value: 'FILE', text: 'Table of prices. Default: lib/infrastructure/cost/prices.json' },
    { name: 'outputs', value: 'FILE', text: 'What terraform output -json printed.' },
    { name: 'like', value: 'NAME', text: 'Cluster file whose catalogue and pools are copied.' },
    { name: 'domain', value: 'HOST', text: 'Domain of the platform on the new cluster.' },
  ],
  examples: [
    [
      'tenantry cluster adopt --outputs outputs.json --like staging --domain lab.example.com',
      'after terraform output -json > outputs.json',
    ],
    ['tenantry cluster quotas prod', 'what to ask AWS for before the first node'],
    ['tenantry cluster cost prod', 'a month with nobody at work, and with every pool full'],
  ],
  run(context) {
    const [action, name, ...rest] = context.args;
    if (action === 'adopt' && name === undefined) return adoptCluster(context);
    if (name === undefined || rest.length > 0) throw new UsageError(USAGE);
    if (action === 'quotas') return quotas(context, name);
    if (action === 'cost') return cost(context, name);
    throw new UsageError(USAGE);
  },
};

function adoptCluster(context: Context): number {
  const { root, flags, out, talk, fail } = context;
  const [outputs, like, domain] = ['outputs', 'like', 'domain'].map((name) => text(flags, name));
  if (!outputs || !like || !domain) throw new UsageError(USAGE);
  const { file, problems } = adopt(readOutputs(context, outputs), readCluster(root, like), domain);
  for (const problem of problems) fail(`${outputs}: error: ${problem}`);
  if (file === undefined) return 1;
  const path = `clusters/${file.metadata.name}.yaml`;
  if (existsSync(join(root, path))) throw new UsageError(`${path} exists already`);
  const schema = '# yaml-language-server: $schema=../imports/schemas/cluster.json\n';
  writeFileSync(join(root, path), `${schema}${dump(file)}`, { flag: 'wx' });
  out(path);
  talk('Next: tenantry check, then tenantry synth; npm run cdk -- deploy adds what the platform needs.');
  return 0;
}

function readOutputs({ root }: Context, path: string): Outputs {
  const value = readOr(resolve(root, path), `--outputs ${path}`, JSON.parse);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--outputs ${path}: not what terraform output -json prints`);
  }
  return value as Outputs;
}

function readCluster(root: string, name: string): ClusterFile {
  return readOr(join(root, 'clusters', `${name}.yaml`), `--like ${name}`, load) as ClusterFile;
}

function readOr(path: string, what: string, parse: (text: string) => unknown): unknown {
  if (!existsSync(path)) throw new UsageError(`${what}: no such file`);
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${what}: cannot be read`);
  }
}
