import { NEW_SPEC } from './expressions';
import type { Policy } from './policy';

/** A Service is a name in the cluster. What leaves it, or borrows the address of another, is for the platform. */
export const SERVICES: Policy = {
  name: 'services',
  refuses:
    'Services that reach out of the cluster, take addresses that are not theirs, or stand for pods of others',
  resources: { '': ['services'] },
  operations: ['CREATE', 'UPDATE'],
  only: NEW_SPEC,
  validations: [
    {
      expression: "object.spec.?type.orValue('ClusterIP') == 'ClusterIP'",
      messageExpression: `"a Service cannot be of type " + object.spec.type + ": models are served by an Ingress"`,
    },
    {
      // Whoever names an address first gets the traffic of the whole cluster to it (CVE-2020-8554).
      expression: 'object.spec.?externalIPs.orValue([]).size() == 0',
      message: 'a Service cannot have external IPs',
    },
    {
      // Without one, endpoints are written by hand: they may be pods of another tenant (CVE-2021-25740).
      expression: 'object.spec.?selector.orValue({}).size() > 0',
      message: 'a Service needs a selector of its pods',
    },
  ],
};
