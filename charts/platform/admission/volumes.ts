import { texts } from './expressions';
import type { Policy } from './policy';

const SORTS = [
  'configMap',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Pod Security `restricted` leaves volumes of CSI drivers in pods, `baseline` every network file system too. */
export const VOLUMES: Policy = {
  name: 'volumes',
  refuses:
    'volumes that no claim and no quota stands for: disks of nodes, network file systems, drivers named in pods',
  resources: { '': ['pods'] },
  operations: ['CREATE'],
  variables: {
    foreign: `object.spec.?volumes.orValue([]).filter(v, !${texts(SORTS)}.exists(s, s in dyn(v))).map(v, v.name)`,
  },
  validations: [
    {
      expression: 'variables.foreign.size() == 0',
      messageExpression: `"volumes may only be ${SORTS.join(', ')}; not: " + variables.foreign.join(', ')`,
    },
  ],
};
