import { BY_OWN_ACCOUNT, texts } from './expressions';
import type { Policy } from './policy';

/** What Ray's autoscaler writes into its RayCluster. */
const AUTOSCALED = texts(['replicas', 'scaleStrategy']);
const METADATA = texts(['labels', 'annotations', 'ownerReferences', 'finalizers']);

/** Whether two maps agree on all keys but some. */
function same(one: string, other: string, except: string): string {
  return [one, other]
    .map(
      (map) => `dyn(${map}).all(k, k in ${except} || ${one}[?k].orValue(null) == ${other}[?k].orValue(null))`,
    )
    .join(' && ');
}

/**
 * KubeRay lets the head's account patch every pod and RayCluster of its namespace (1.7, BuildRole), for the
 * autoscaler; user code runs beside it and has the same token. With it, it may do what the autoscaler does.
 */
export const OWN_ACCOUNTS: Policy = {
  name: 'own-accounts',
  refuses: 'changes of pods and RayClusters by accounts of the tenant, but for the number of workers',
  resources: { '': ['pods'], 'ray.io': ['rayclusters'] },
  operations: ['UPDATE'],
  only: BY_OWN_ACCOUNT,
  variables: {
    isPod: "request.resource.resource == 'pods'",
    groups: 'variables.isPod ? [] : object.spec.?workerGroupSpecs.orValue([])',
    oldGroups: 'variables.isPod ? [] : oldObject.spec.?workerGroupSpecs.orValue([])',
  },
  validations: [
    {
      expression: `${METADATA}.all(f, dyn(object.metadata)[?f].orValue(null) == dyn(oldObject.metadata)[?f].orValue(null))`,
      message: 'an account of the tenant cannot change labels, annotations or owners',
    },
    {
      expression: `variables.isPod
        ? object.spec == oldObject.spec
        : (${same('object.spec', 'oldObject.spec', "['workerGroupSpecs']")})`,
      message: 'an account of the tenant can change the number of workers only',
    },
    {
      expression: `variables.groups.size() == variables.oldGroups.size()
        && variables.groups.all(n, variables.oldGroups.exists(o, ${same('n', 'o', AUTOSCALED)}))`,
      message: 'an account of the tenant can change replicas and scaleStrategy of worker groups only',
    },
  ],
};
