import { describe, expect, it } from '@jest/globals';
import { estimate, type Prices, total } from '../../lib/infrastructure/cost/estimate';
import { quotasOf } from '../../lib/infrastructure/cost/quotas';
import { clusterWith } from './cluster';

const source = 'a fixture, read 2026-11-25';
const PRICES: Prices = {
  region: 'eu-west-1',
  currency: 'EUR',
  perHour: {
    controlPlane: { price: 1, source },
    natGateway: { price: 2, source },
    endpoint: { price: 3, source },
  },
  instances: { source, perHour: { 'm7i.xlarge': 10, ...everyTypeOf('g6', 8), ...everyTypeOf('m7i', 4) } },
};
const MONTH = 730;

describe('quotas to ask for', () => {
  it('are the limits of pools and the most of node groups, by family and capacity type', () => {
    const cluster = clusterWith({ 'spec.gpuNodes': { gpu: 'l4', instanceType: 'g6.xlarge', count: 2 } });
    expect(quotasOf(cluster)).toEqual([
      {
        quota: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
        code: 'L-1216C47A',
        // 4 nodes of 4 vCPUs, and the 60 cores of the pool.
        least: 76,
        most: 76,
        users: ['node group system', 'pool cpu'],
      },
      {
        quota: 'Running On-Demand G and VT instances',
        code: 'L-DB2E81BA',
        // 2 nodes of 4 vCPUs; 8 GPUs with 4 vCPUs each (g6.xlarge), or with 64 (g6.16xlarge).
        least: 8 + 8 * 4,
        most: 8 + 8 * 64,
        users: ['node group gpu-l4', 'pool l4'],
      },
      {
        quota: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
        code: 'L-34B43A08',
        least: 60,
        most: 60,
        users: ['pool cpu'],
      },
    ]);
  });
});

describe('what a cluster costs', () => {
  const cluster = clusterWith({});

  it('has a floor with nobody at work, and a ceiling with every pool full of its dearest type', () => {
    const items = Object.fromEntries(
      estimate(cluster, PRICES).map(({ what, ...amounts }) => [what, amounts]),
    );
    expect(items).toMatchObject({
      'EKS control plane': { floor: MONTH, ceiling: MONTH },
      'NAT gateways': { floor: 2 * 2 * MONTH },
      // Four services in two zones.
      'VPC endpoints': { floor: 4 * 2 * 3 * MONTH },
      'node group system': { floor: 2 * 4 * MONTH, ceiling: 4 * 4 * MONTH },
      // Every type costs 8, the smallest of them for one GPU.
      'pool l4': { floor: 0, ceiling: 8 * 8 * MONTH },
    });
    expect(total(estimate(cluster, PRICES)).unknown).toEqual([]);
  });

  it('is unknown where one price is, and says so in the total', () => {
    const { 'g6.48xlarge': _, ...perHour } = PRICES.instances.perHour;
    const items = estimate(cluster, { ...PRICES, instances: { source, perHour } });
    expect(items.find(({ what }) => what === 'pool l4')).toMatchObject({ ceiling: undefined });
    expect(total(items).unknown).toEqual(['pool l4']);
  });

  it('has no network where the VPC exists, one NAT gateway where one is wanted', () => {
    const nat = (fields: object) =>
      estimate(clusterWith({ ...fields }), PRICES).find(({ what }) => what === 'NAT gateways')?.floor;
    expect(nat({ 'spec.network.nat': 'single' })).toBe(2 * MONTH);
    expect(nat({ 'spec.network.nat': 'none' })).toBeUndefined();
  });
});

function everyTypeOf(family: string, price: number): Record<string, number> {
  const sizes = ['large', 'xlarge', ...[2, 4, 8, 12, 16, 24, 48].map((size) => `${size}xlarge`)];
  return Object.fromEntries(
    [...sizes, 'metal-24xl', 'metal-48xl'].map((size) => [`${family}.${size}`, price]),
  );
}
