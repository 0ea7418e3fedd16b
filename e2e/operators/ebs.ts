import type { Api, Body, Reference } from '../api';
import type { Operator } from './operator';

const EVERY_MS = 300;

/** Plays the EBS CSI driver: a volume for each claim that the scheduler has found a node for. No disk is behind it. */
export const ebs: Operator = {
  name: 'ebs',
  programs: [],
  async start({ api }) {
    const round = () =>
      provision(api)
        // The control plane ends before this does.
        .catch(() => {})
        .finally(() => setTimeout(round, EVERY_MS).unref());
    await round();
  },
};

async function provision(api: Api): Promise<void> {
  const claims = await api.list<Reference & Body>({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
  for (const { metadata, spec, status } of claims) {
    if (
      status?.phase !== 'Pending' ||
      metadata.annotations?.['volume.kubernetes.io/selected-node'] === undefined
    )
      continue;
    const { name, namespace, uid } = metadata as Reference['metadata'] & { uid: string };
    await api.create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `pvc-${uid}` },
      spec: {
        capacity: spec.resources.requests,
        accessModes: spec.accessModes,
        storageClassName: spec.storageClassName,
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
        csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${uid}` },
      },
    } as Reference);
  }
}
