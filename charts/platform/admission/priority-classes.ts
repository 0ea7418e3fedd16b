import { priorityClass } from '../../../lib/model/names';
import type { Policy } from './policy';

/** Classes of the platform outrank tenants: one pod of such a class could push others out. */
export const PRIORITY_CLASSES: Policy = {
  name: 'priority-classes',
  refuses: 'priority classes that are not those of tenants',
  resources: { '': ['pods'] },
  operations: ['CREATE'],
  variables: { class: "object.spec.?priorityClassName.orValue('')" },
  validations: [
    {
      expression: `variables.class in ['', '${priorityClass()}'] || variables.class.startsWith('${priorityClass('')}')`,
      messageExpression: `"a pod cannot have the priority class " + variables.class + ": allowed are ${priorityClass()}, and ${priorityClass('')}TYPE with GPUs"`,
    },
  ],
};
