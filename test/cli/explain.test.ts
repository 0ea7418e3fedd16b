import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../lib/cli/command';
import { explain } from '../../lib/cli/explain';
import type { SchemaNode } from '../../lib/reference/fields';
import { ClusterSchema } from '../../lib/schema/cluster';
import { TenantSchema } from '../../lib/schema/tenant';

function lines(...args: string[]): string[] {
  const out: string[] = [];
  const silent = () => {};
  const context = { root: '', args, flags: {}, color: false, waits: false, talk: silent, fail: silent };
  explain.run({ ...context, out: (line) => void out.push(line) });
  return out;
}

/** Every path of a schema, as the fields of its own objects, lists, maps and unions say it. */
function paths(node: SchemaNode, path: string): string[] {
  const inner = [...(node.anyOf ?? []), ...(node.items === undefined ? [] : [node.items])];
  const own = Object.entries(node.properties ?? {}).map(([name, child]) => [name, child] as const);
  const keyed = Object.values(node.patternProperties ?? {}).map((child) => ['a-key', child] as const);
  return [
    path,
    ...inner.flatMap((part) => paths(part, path)),
    ...[...own, ...keyed].flatMap(([name, child]) => paths(child, `${path}.${name}`)),
  ];
}

const ALL = [...new Set([...paths(TenantSchema, 'tenant'), ...paths(ClusterSchema, 'cluster')])];

describe('tenantry explain', () => {
  it('knows every field of both schemas', () => {
    expect(ALL.length).toBeGreaterThan(150);
    for (const path of ALL) {
      const [field, , heading, description] = lines(path);
      expect(field).toMatch(/^FIELD: \S+ <.+>$/);
      expect(field?.startsWith(`FIELD: ${path} <`)).toBe(true);
      expect(heading).toBe('DESCRIPTION:');
      expect([path, description?.trim()]).not.toContain('');
    }
  });

  it('shows type, limits and fields', () => {
    expect(lines('tenant.spec.notebooks.seats').join('\n')).toBe(
      [
        'FIELD: tenant.spec.notebooks.seats <integer>',
        '',
        'DESCRIPTION:',
        '    How many servers of the first profile must fit at once beside Ray at its largest; the',
        '    check adds them up. Default: 1. From 1 to 1000.',
      ].join('\n'),
    );
    expect(lines('tenant.spec.quota')).toContain('  cpu\t<number | Object> -required-');
    expect(lines('tenant.spec.quota')).toContain('  gpus\t<map[string](integer | Object)>');
  });

  it('unites the fields of all members of a union', () => {
    const names = lines('cluster.spec.pools.l4.limits').filter(
      (line) => line.startsWith('  ') && /\t/.test(line),
    );
    expect(names.map((line) => line.trim().split('\t')[0])).toEqual(['cpu', 'memory', 'gpus']);
  });

  it.each([
    ['tenant.spec.ray.clusters[0].workers[1].gpu', 'tenant.spec.ray.clusters.workers.gpu'],
    ['Tenant.spec.owner', 'tenant.spec.owner'],
    ['tenant.spec.clusters.prod.quota.cpu', 'tenant.spec.clusters.quota.cpu'],
  ])('takes %s for %s', (written, path) => {
    expect(lines(written).slice(1)).toEqual(lines(path).slice(1));
  });

  it.each([
    [['tenant.spec.quota.gpu'], 'tenant.spec.quota.gpu: there is no field "gpu"; did you mean "gpus"?'],
    [['tenant.spec.quota.toString'], 'there is no field "toString"; fields here: cpu, memory, storage, gpus'],
    [['tenant.spec.owner.name'], 'there is no field "name"; fields here: none'],
    [['tenants'], '"tenants" is not a kind: use tenant or cluster'],
    [['constructor'], '"constructor" is not a kind'],
    [[], 'explain takes one FIELD, such as tenant.spec.quota'],
    [['tenant', 'spec'], 'explain takes one FIELD'],
  ])('refuses %j', (args, message) => {
    expect(() => lines(...args)).toThrow(UsageError);
    expect(() => lines(...args)).toThrow(message);
  });
});
