import { describe, expect, it } from '@jest/globals';
import { type Change, cluster, load, tenant } from '../support/inputs';

const findings = (change: Change) =>
  load(change).issues.map(({ source, rule }) => `${source?.file}:${source?.line} ${rule}`);

describe('loadPlatform', () => {
  it('reports every mistake of every file in one run', () => {
    const change = {
      'clusters/main.yaml': { 'spec.zones': ['eu-west-2a', 'eu-west-1b'], 'spec.gpuTypes.l4.memory': '1Gi' },
      'tenants/blue.yaml': { 'spec.owner': 'grace', 'spec.quota.storage': '20GB' },
      'tenants/kueue.yaml': tenant('kueue', { 'spec.clusters': ['man'] }),
      'tenants/red.yaml': 'spec: [\n',
    };
    expect(findings(change).sort()).toEqual([
      'clusters/main.yaml:36 gpu-memory',
      'clusters/main.yaml:8 zone',
      'tenants/blue.yaml:15 bad-format',
      'tenants/blue.yaml:6 bad-format',
      'tenants/kueue.yaml:11 unknown-reference',
      'tenants/kueue.yaml:4 reserved-name',
      'tenants/red.yaml:1 yaml-syntax',
    ]);
  });

  it('does not call a name unknown whose file is broken', () => {
    expect(findings({ 'tenants/red.yaml': 'a: [\n' })).toEqual(['tenants/red.yaml:1 yaml-syntax']);
    expect(findings({ 'tenants/red.yaml': 'a: 1\n' }).every((found) => found.startsWith('tenants/red'))).toBe(
      true,
    );
    expect(findings({ 'clusters/main.yaml': '' })).toEqual(['clusters/main.yaml:1 no-document']);
  });

  it('tells a mistake of a cluster on that cluster only', () => {
    const next = cluster('next', { 'spec.domain': 'next.example.com', 'spec.pools.cpu.limits.cpu': 17 });
    const change = {
      'clusters/next.yaml': next,
      'tenants/red.yaml': {
        'spec.clusters': { main: {}, next: {} },
        'spec.ray.services.0.clusters': ['main'],
      },
    };
    expect(findings(change)).toEqual([]);
    const less = next.replace('cpu: 17', 'cpu: 11');
    expect(findings({ ...change, 'clusters/next.yaml': less })).toEqual(['clusters/next.yaml:49 pool-fits']);
  });

  it('counts lines and columns of files with Windows line ends', () => {
    const text = tenant('blue', { 'spec.datasets': ['minst'] }).replaceAll('\n', '\r\n');
    expect(load({ 'tenants/blue.yaml': text }).issues).toMatchObject([
      { rule: 'unknown-reference', source: { line: 17, column: 7 } },
    ]);
  });

  it('gives the model of all tenants on all clusters', () => {
    const { platform } = load();
    expect(platform?.clusters.map(({ name }) => name)).toEqual(['main']);
    expect(platform?.placements.map(({ tenant: name, source }) => [name, source])).toEqual([
      ['blue', 'tenants/blue.yaml'],
      ['red', 'tenants/red.yaml'],
    ]);
  });
});
