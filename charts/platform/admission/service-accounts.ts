import { SERVICE_ACCOUNT } from '../../../lib/model/names';
import { texts } from './expressions';
import type { Policy } from './policy';

const ACCOUNTS = Object.values(SERVICE_ACCOUNT);

/** An account is rights and an identity at AWS. What operators make for themselves in the namespace is not for pods. */
export const SERVICE_ACCOUNTS: Policy = {
  name: 'service-accounts',
  refuses: 'pods of service accounts that were made for something else, or for nothing',
  resources: { '': ['pods'] },
  operations: ['CREATE'],
  variables: { account: "object.spec.?serviceAccountName.orValue('default')" },
  validations: [
    {
      expression: `variables.account in ${texts(ACCOUNTS)}`,
      messageExpression: `"a pod cannot run as service account " + variables.account + ": allowed are ${ACCOUNTS.join(', ')}"`,
    },
  ],
};
