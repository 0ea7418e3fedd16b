import { RAY_TOKEN } from '../../../lib/model/names';
import { NEW_SPEC } from './expressions';
import type { Policy } from './policy';

/** Ray runs whatever reaches it, so it asks everybody for the tenant's token (CVE-2023-48022, Ray 2.52). */
export const RAY_ACCESS: Policy = {
  name: 'ray-access',
  refuses: "Ray clusters that do not ask for the tenant's token, or want an Ingress or a load balancer",
  resources: { 'ray.io': ['rayclusters', 'rayjobs', 'rayservices', 'raycronjobs'] },
  operations: ['CREATE', 'UPDATE'],
  only: NEW_SPEC,
  variables: {
    cluster: `request.resource.resource == 'rayjobs' ? object.spec.?rayClusterSpec.orValue({})
      : request.resource.resource == 'raycronjobs' ? object.spec.jobTemplate.?rayClusterSpec.orValue({})
      : request.resource.resource == 'rayservices' ? object.spec.rayClusterConfig : object.spec`,
    head: 'variables.cluster.?headGroupSpec.orValue({})',
  },
  validations: [
    {
      // A job may have no cluster of its own: it then runs in one that was judged.
      expression: `variables.cluster.size() == 0 || (variables.cluster.?authOptions.?mode.orValue('') == 'token'
        && variables.cluster.authOptions.?secretName.orValue('') == '${RAY_TOKEN.secret}')`,
      message: `a Ray cluster needs authOptions {mode: token, secretName: ${RAY_TOKEN.secret}}`,
    },
    {
      expression: `!variables.head.?enableIngress.orValue(false) && variables.head.?serviceType.orValue('ClusterIP') == 'ClusterIP'`,
      message: 'a Ray head cannot have an Ingress or a Service of another type than ClusterIP',
    },
  ],
};
