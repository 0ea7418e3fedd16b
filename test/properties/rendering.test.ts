import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AppProject } from '../../imports/argoproj.io';
import { checkManifests } from '../../lib/judge/manifests';
import { podSecurityProblems } from '../../lib/judge/pod-security';
import { danglingReferences } from '../../lib/proofs/references';
import { collect } from '../../lib/render/collect';
import { render } from '../../lib/render/render';
import { permits } from '../support/argocd';
import { CLUSTER, renderManifests, SMALL, VISION } from '../support/fixtures';
import { ofKind, templatesOf } from '../support/objects';
import { filesOf, loadFiles, world } from '../support/world';

const RUNS = { numRuns: 25 };

describe('fixtures', () => {
  it('are files that the check accepts', () => {
    expect(() => loadFiles(filesOf({ cluster: CLUSTER, tenants: [VISION, SMALL] }))).not.toThrow();
  });
});

describe('whatever is rendered', () => {
  it('passes the schemas and Pod Security, collides with nothing, and names only what is there', () => {
    fc.assert(
      fc.property(world(1, 3), (one) => {
        const platform = loadFiles(filesOf(one));
        const manifests = [...collect(platform)].flat();
        const objects = manifests.map(({ object }) => object);
        expect(render(platform).issues).toEqual([]);
        expect(checkManifests(manifests)).toEqual([]);
        expect(danglingReferences(objects)).toEqual([]);
        expect(templatesOf(objects).flatMap(({ spec }) => podSecurityProblems(spec))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('stays in the namespace, the file and the project of its tenant', () => {
    fc.assert(
      fc.property(world(2, 3), ({ tenants, cluster }) => {
        const manifests = renderManifests(tenants, cluster);
        const objects = manifests.map(({ object }) => object);
        const projects = ofKind<AppProject>(objects, 'AppProject').filter(
          ({ metadata }) => metadata.name !== 'platform',
        );
        for (const { object, owner } of manifests) {
          const [, tenant] = /^lab\/tenants\/([^/]+)\//.exec(owner.path) ?? [];
          if (tenant === undefined) continue;
          // No name of a tenant has two dashes in a row: what stands before them is the tenant.
          expect(object.metadata.namespace ?? object.metadata.name.split('--')[0]).toBe(tenant);
          expect(object.metadata.labels).toMatchObject({ 'tenantry.dev/tenant': tenant });
          const admitting = projects.filter((project) => permits(project, object));
          expect(admitting.map(({ metadata }) => metadata.name)).toEqual([tenant]);
        }
      }),
      RUNS,
    );
  });
});
