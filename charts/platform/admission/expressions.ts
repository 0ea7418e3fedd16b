import { ANNOTATION, GPU_RESOURCE, LABEL } from '../../../lib/model/names';

/** Containers of every sort: init containers and sidecars run as long as others, ephemeral ones come later. */
export const CONTAINERS = `object.spec.containers
  + object.spec.?initContainers.orValue([])
  + dyn(object.spec.?ephemeralContainers.orValue([]))`;

/** Whether a container asks for GPUs. */
export const USES_GPU = `variables.containers.exists(c, c.?resources.?limits[?'${GPU_RESOURCE}'].orValue('0') != '0')`;

/** Name of the tenant whose namespace it is. */
export const TENANT = `namespaceObject.metadata.labels['${LABEL.tenant}']`;

/** GPU types of the tenant. */
export const GRANTED = listed('gpuTypes');

/** What an annotation of the tenant's Namespace lists: parameters that Argo CD writes, and tenants cannot. */
export function listed(annotation: keyof typeof ANNOTATION): string {
  return `namespaceObject.metadata.?annotations[?'${ANNOTATION[annotation]}'].orValue('').split(',').filter(x, x != '')`;
}

/** Whether an account of the tenant's own namespace asks, such as user code with the token of its pod. */
export const BY_OWN_ACCOUNT = `('system:serviceaccounts:' + request.namespace) in request.userInfo.?groups.orValue([])`;

/** A list of texts as CEL. */
export function texts(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}]`;
}

/**
 * Whether there is a new spec to judge. What was admitted before a policy came, or a grant went, must still be
 * finished: a finalizer that cannot be removed would keep it for ever.
 */
export const NEW_SPEC = "request.operation == 'CREATE' || object.spec != oldObject.spec";
