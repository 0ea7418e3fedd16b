import { canonical } from '../../duplicates';
import { parsePath, valueAt } from '../path';
import type { Rule } from '../rule';

/** What an update cannot change, by kind (update validation of Kubernetes v1.36.1). */
const IMMUTABLE: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries({
    'apps/v1/DaemonSet': ['spec.selector'],
    'apps/v1/Deployment': ['spec.selector'],
    'apps/v1/ReplicaSet': ['spec.selector'],
    'apps/v1/StatefulSet': [
      'spec.selector',
      'spec.serviceName',
      'spec.volumeClaimTemplates',
      'spec.podManagementPolicy',
    ],
    'batch/v1/Job': [
      'spec.template',
      'spec.completionMode',
      'spec.backoffLimitPerIndex',
      'spec.podFailurePolicy',
      'spec.selector',
      'spec.successPolicy',
    ],
    'networking.k8s.io/v1/IngressClass': ['spec.controller'],
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding': ['roleRef'],
    'rbac.authorization.k8s.io/v1/RoleBinding': ['roleRef'],
    'scheduling.k8s.io/v1/PriorityClass': ['value', 'preemptionPolicy'],
    'storage.k8s.io/v1/StorageClass': ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
    'v1/PersistentVolume': ['spec.csi', 'spec.hostPath', 'spec.local', 'spec.nfs', 'spec.volumeMode'],
    'v1/PersistentVolumeClaim': [
      'spec.accessModes',
      'spec.dataSource',
      'spec.dataSourceRef',
      'spec.selector',
      'spec.storageClassName',
      'spec.volumeMode',
      'spec.volumeName',
    ],
    'v1/ResourceQuota': ['spec.scopes'],
    'v1/Secret': ['type'],
  }).map(([kind, paths]) => [kind, paths.map(parsePath)]),
);

/** An update leaves alone what cannot change. */
export const immutable: Rule<{ readonly apiVersion: string; readonly kind: string }> = {
  id: 'immutable',
  class: 'apiserver',
  kinds: [...IMMUTABLE.keys()],
  check(object, tell, { old }) {
    if (old === undefined) return;
    for (const path of IMMUTABLE.get(`${object.apiVersion}/${object.kind}`) ?? []) {
      const [before, after] = [valueAt(old, path), valueAt(object, path)];
      // What is not written keeps its value or its default; parameters of a class have none.
      if (after === undefined || before === '' || (before === undefined && path.at(-1) !== 'parameters'))
        continue;
      if (canonical(before) !== canonical(after)) tell(path, 'cannot be changed');
    }
  },
};
