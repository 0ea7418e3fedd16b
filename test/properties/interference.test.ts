import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { render } from '../../lib/render/render';
import { filesOf, loadFiles, otherTenant, type World, world } from '../support/world';

const RUNS = { numRuns: 25 };

/** Rendered text by path, without the files of some tenants. */
function filesWithout(one: World, tenants: readonly string[]): Record<string, string> {
  const { files } = render(loadFiles(filesOf(one)));
  const isOf = (path: string, tenant: string) =>
    path.startsWith(`lab/tenants/${tenant}/`) || path === `lab/argocd/${tenant}.yaml`;
  return Object.fromEntries(
    [...files]
      .filter(([path]) => !tenants.some((tenant) => isOf(path, tenant)))
      .map(([path, bytes]) => [path, String(bytes)]),
  );
}

describe('a tenant', () => {
  it('comes, changes and goes without a byte of the platform or of another tenant', () => {
    const cases = world(2, 3).chain((one) => {
      const last = one.tenants.at(-1)?.metadata.name ?? '';
      return fc.record({ one: fc.constant(one), other: otherTenant(last) });
    });
    fc.assert(
      fc.property(cases, ({ one: { cluster, tenants }, other }) => {
        const { name } = other.metadata;
        const rest = tenants.slice(0, -1);
        const alone = filesWithout({ cluster, tenants: rest }, []);
        expect(filesWithout({ cluster, tenants }, [name])).toEqual(alone);
        expect(filesWithout({ cluster, tenants: [...rest, other] }, [name])).toEqual(alone);
      }),
      RUNS,
    );
  });
});
