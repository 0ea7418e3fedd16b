import { listed } from './expressions';
import type { Policy } from './policy';

/** What the webhook of EKS Pod Identity adds to pods (amazon-eks-pod-identity-webhook 0.6). */
const VOLUME = 'eks-pod-identity-token';
const AUDIENCE = 'pods.eks.amazonaws.com';

/**
 * Credentials come at admission alone: a pod that is admitted before its association is there never gets any
 * (amazon-eks-pod-identity-webhook#264). Refused, it is tried again. And a token for another audience is trusted by
 * whoever trusts the issuer of the cluster.
 */
export const IDENTITY_TOKEN: Policy = {
  name: 'identity-token',
  refuses:
    'tokens for audiences outside of the cluster, and pods with an identity that were not given its token',
  resources: { '': ['pods'] },
  operations: ['CREATE'],
  variables: {
    volumes: 'object.spec.?volumes.orValue([])',
    identities: listed('identities'),
    account: "object.spec.?serviceAccountName.orValue('default')",
  },
  validations: [
    {
      expression: `variables.volumes.all(v, v.?projected.?sources.orValue([]).all(s,
        s.?serviceAccountToken.?audience.orValue('') in (v.name == '${VOLUME}' ? ['${AUDIENCE}'] : [''])))`,
      message: 'a token cannot be for another audience than the API server: remove audience',
    },
    {
      expression: `variables.volumes.all(v, v.name != '${VOLUME}' || v.?projected.?sources.orValue([]).size() == 1)`,
      message: `the volume ${VOLUME} is for the token of EKS Pod Identity alone`,
    },
    {
      expression: `!(variables.account in variables.identities) || variables.volumes.exists(v, v.name == '${VOLUME}')`,
      messageExpression: `"EKS does not know yet that service account " + variables.account + " has an identity: try again in a minute"`,
    },
  ],
};
