import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPlatform } from '../../lib/check/platform';
import { danglingReferences } from '../../lib/proofs/references';
import { collect } from '../../lib/render/collect';
import { renderAll, SMALL, VISION } from '../support/fixtures';
import { change } from '../support/objects';

const objects = renderAll([SMALL, VISION]);

describe('what an object names', () => {
  it('is there, in every cluster of this repository', () => {
    const { platform } = loadPlatform(join(__dirname, '../..'));
    if (platform === undefined) throw new Error('the inputs of this repository have errors');
    for (const cluster of platform.clusters) {
      const placements = platform.placements.filter((placement) => placement.cluster === cluster);
      const manifests = [...collect({ clusters: [cluster], placements })].flat();
      expect(danglingReferences(manifests.map(({ object }) => object))).toEqual([]);
    }
  });

  it('is there for a tenant with something of everything', () => {
    expect(danglingReferences(objects)).toEqual([]);
  });

  it.each([
    ['ServiceAccount', 'ray-head'],
    ['ServiceAccount', 'ray-worker'],
    ['ServiceAccount', 'notebook'],
    ['Role', 'tenantry:hub'],
    ['PriorityClass', 'tenant-cpu'],
    ['PriorityClass', 'tenant-gpu-l4'],
    ['Namespace', 'vision'],
    ['Cohort', 'tenants'],
    ['ResourceFlavor', 'a10g'],
    ['ClusterQueue', 'vision'],
    ['EC2NodeClass', 'gpu'],
    ['NodePool', 'h100'],
    ['NodePool', 'cpu'],
    ['Password', 'ray-token'],
    ['ExternalSecret', 'ray-token'],
    ['ExternalSecret', 'hub-token'],
    ['ClusterSecretStore', 'tenants'],
    ['PersistentVolume', 'vision--mnist'],
    ['PersistentVolumeClaim', 'dataset-mnist'],
    ['RayService', 'chat'],
    ['AppProject', 'vision'],
    ['AppProject', 'platform'],
    ['MutatingAdmissionPolicy', 'tenantry-job-queue'],
    ['ValidatingAdmissionPolicy', 'tenantry-gpu-type'],
  ])('is missed when it is gone: %s %s', (kind, name) => {
    const left = objects.filter((object) => object.kind !== kind || object.metadata.name !== name);
    expect(danglingReferences(left)).not.toEqual([]);
  });

  it('is missed when a pod tolerates too little for its node', () => {
    const sabotaged = objects.map((object) =>
      object.kind === 'RayCluster'
        ? change(object, ['spec', 'workerGroupSpecs', 2, 'template', 'spec', 'tolerations', 1], undefined)
        : object,
    );
    expect(danglingReferences(sabotaged)).toEqual([
      'RayCluster vision/training -> a node for spec.workerGroupSpecs.2.template',
    ]);
  });
});
