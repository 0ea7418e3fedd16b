import { LABEL } from '../lib/model/names';
import type { Placement } from '../lib/model/platform';

/** Labels on every object of a tenant. */
export function tenantLabels({ tenant, spec }: Placement): Record<string, string> {
  return {
    [LABEL.managedBy]: 'tenantry',
    [LABEL.tenant]: tenant,
    ...(spec.costCenter === undefined ? {} : { [LABEL.costCenter]: spec.costCenter }),
  };
}

/** Labels on every object of a component of the platform. */
export function platformLabels(component: string): Record<string, string> {
  return { [LABEL.managedBy]: 'tenantry', [LABEL.component]: component };
}
