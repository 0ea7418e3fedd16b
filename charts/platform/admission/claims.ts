import { listed } from './expressions';
import type { Policy } from './policy';

/** Homes are retained when a claim goes, and wait for their owner: whoever names one first would have its data. */
export const CLAIMS: Policy = {
  name: 'claims',
  refuses: 'claims that name a volume which was not made for the tenant',
  resources: { '': ['persistentvolumeclaims'] },
  operations: ['CREATE'],
  variables: { volume: "object.spec.?volumeName.orValue('')" },
  validations: [
    {
      expression: `variables.volume == '' || variables.volume in ${listed('volumes')}`,
      messageExpression: `"a claim cannot name the volume " + variables.volume`,
    },
  ],
};
