import { describe, expect, it } from '@jest/globals';
import { HEALTH } from '../../../charts/platform/argo-cd-health';
import { runHealth } from '../../support/lua';

type Status = Parameters<typeof runHealth>[1];

const when = (type: string, status: string, more: { reason?: string; message?: string } = {}) => ({
  conditions: [
    { type: 'Other', status: 'False' },
    { type, status, ...more },
  ],
});

/** Kind, status as its controller writes it, what Argo CD shows, and why. */
const ROWS: readonly [kind: string, status: Status, health: string, why: string][] = [
  ['ray.io_RayCluster', { state: 'ready' }, 'Healthy', 'it serves'],
  ['ray.io_RayCluster', when('HeadPodReady', 'True'), 'Healthy', 'workers come and go'],
  ['ray.io_RayCluster', { state: 'suspended' }, 'Healthy', 'a frozen tenant'],
  ['ray.io_RayCluster', when('RayClusterSuspended', 'True'), 'Healthy', 'queued by Kueue'],
  [
    'ray.io_RayCluster',
    when('HeadPodReady', 'False', { reason: 'Unknown' }),
    'Healthy',
    'no node has room for it yet: nobody else may wait',
  ],
  [
    'ray.io_RayCluster',
    when('HeadPodReady', 'False', { reason: 'ContainersNotReady', message: 'pulling' }),
    'Progressing',
    'it starts',
  ],
  ['ray.io_RayCluster', when('ReplicaFailure', 'True', { message: 'exceeded quota' }), 'Degraded', 'quota'],
  ['ray.io_RayCluster', { state: 'failed', reason: 'no head' }, 'Degraded', 'it failed'],
  ['ray.io_RayJob', { jobDeploymentStatus: 'Suspended' }, 'Healthy', 'queued by Kueue'],
  ['ray.io_RayJob', { jobDeploymentStatus: 'Running' }, 'Healthy', 'it runs for hours'],
  ['ray.io_RayJob', { jobDeploymentStatus: 'Failed', message: 'exit 1' }, 'Degraded', 'it failed'],
  ['ray.io_RayJob', { jobDeploymentStatus: 'ValidationFailed' }, 'Degraded', 'KubeRay refuses it'],
  ['ray.io_RayService', when('Ready', 'True'), 'Healthy', 'it serves'],
  ['ray.io_RayService', when('Suspended', 'True'), 'Healthy', 'a frozen tenant'],
  ['ray.io_RayService', when('Ready', 'False', { reason: 'ValidationFailed' }), 'Degraded', 'refused'],
  ['ray.io_RayService', when('Ready', 'False', { reason: 'Initializing' }), 'Progressing', 'it starts'],
  ['kueue.x-k8s.io_ClusterQueue', when('Active', 'True'), 'Healthy', 'it admits'],
  ['kueue.x-k8s.io_ClusterQueue', when('Active', 'False', { reason: 'Stopped' }), 'Healthy', 'frozen'],
  [
    'kueue.x-k8s.io_ClusterQueue',
    when('Active', 'False', { reason: 'FlavorNotFound' }),
    'Degraded',
    'broken',
  ],
  [
    'kueue.x-k8s.io_LocalQueue',
    when('Active', 'False', { reason: 'ClusterQueueIsInactive' }),
    'Healthy',
    'its ClusterQueue says why',
  ],
  ['kueue.x-k8s.io_LocalQueue', { conditions: [] }, 'Progressing', 'Kueue has not seen it'],
  ['nvidia.com_ClusterPolicy', { state: 'ready' }, 'Healthy', 'all nodes work'],
  [
    'nvidia.com_ClusterPolicy',
    { state: 'notReady' },
    'Healthy',
    'one node starts: the platform does not wait',
  ],
  ['nvidia.com_ClusterPolicy', { state: 'ignored' }, 'Degraded', 'there are two'],
  ['s3.services.k8s.aws_Bucket', when('ACK.ResourceSynced', 'True'), 'Healthy', 'AWS has it'],
  ['s3.services.k8s.aws_Bucket', when('ACK.ResourceSynced', 'False'), 'Progressing', 'AWS makes it'],
  ['iam.services.k8s.aws_Role', when('ACK.Terminal', 'True', { message: 'denied' }), 'Degraded', 'refused'],
  ['argoproj.io_Application', { health: { status: 'Healthy' } }, 'Healthy', 'what it says itself'],
  ['argoproj.io_Application', { health: { status: 'Degraded' } }, 'Degraded', 'what it says itself'],
  ['argoproj.io_Application', { health: { status: 'Missing' } }, 'Missing', 'not synced yet'],
  [
    'argoproj.io_Application',
    { health: { status: 'Healthy' }, operationState: { phase: 'Running' } },
    'Progressing',
    'the health is of what was there before the sync',
  ],
];

function script(kind: string): string {
  const found = HEALTH.get(kind);
  if (found === undefined) throw new Error(`no script for ${kind}`);
  return found;
}

describe('health in Argo CD', () => {
  it.each(ROWS)('%s %j is %s: %s', (kind, status, health) => {
    expect(runHealth(script(kind), { status }).status).toBe(health);
  });

  it.each([...HEALTH.keys()].filter((kind) => kind !== 'ray.io_RayCronJob'))(
    '%s is Progressing until its controller has seen it',
    (kind) => {
      expect(runHealth(script(kind), {}).status).toBe('Progressing');
    },
  );

  it('passes messages on', () => {
    const status = when('ReplicaFailure', 'True', { message: 'exceeded quota' });
    expect(runHealth(script('ray.io_RayCluster'), { status }).message).toBe('exceeded quota');
  });

  it('says what is wrong with a script', () => {
    expect(() => runHealth('return {', {})).toThrow();
  });
});
