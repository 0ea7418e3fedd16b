import { LABEL, priorityClass } from '../../../lib/model/names';
import { CONTAINERS, GRANTED, USES_GPU } from './expressions';
import type { Policy } from './policy';

const CLASS_PREFIX = priorityClass('');

/**
 * Ties GPU type, node selector and priority class together. Kubernetes counts all GPUs under one name, and EKS lets
 * every GPU pod tolerate every GPU taint (ExtendedResourceToleration), so without it any pod could take any type.
 */
export const GPU_TYPE: Policy = {
  name: 'gpu-type',
  refuses: 'GPU pods of a type that is not granted or not counted, and GPUs by a way that no quota counts',
  resources: { '': ['pods'] },
  operations: ['CREATE'],
  variables: {
    containers: CONTAINERS,
    usesGpu: USES_GPU,
    type: `object.spec.?nodeSelector[?'${LABEL.gpuType}'].orValue('')`,
    granted: GRANTED,
    class: "object.spec.?priorityClassName.orValue('')",
  },
  validations: [
    {
      expression: '!variables.usesGpu || variables.type in variables.granted',
      messageExpression: `"a pod with GPUs needs the node selector ${LABEL.gpuType} with a granted type: " + (size(variables.granted) == 0 ? 'none is granted' : variables.granted.join(', '))`,
    },
    {
      expression: `!variables.usesGpu || variables.class == '${CLASS_PREFIX}' + variables.type`,
      messageExpression: `"a pod with GPUs of type " + variables.type + " needs the priority class ${CLASS_PREFIX}" + variables.type`,
    },
    {
      expression: `variables.usesGpu || !variables.class.startsWith('${CLASS_PREFIX}')`,
      message: 'a pod without GPUs cannot have the priority class of a GPU type',
    },
    {
      // Dynamic resource allocation hands out devices that quotas on nvidia.com/gpu do not count.
      expression: 'object.spec.?resourceClaims.orValue([]).size() == 0',
      message: 'a pod cannot have resource claims: ask for nvidia.com/gpu',
    },
    {
      // NVIDIA's runtime hands devices to any container that names them so.
      expression:
        "!variables.containers.exists(c, c.?env.orValue([]).exists(e, e.name == 'NVIDIA_VISIBLE_DEVICES'))",
      message: 'NVIDIA_VISIBLE_DEVICES cannot be set: ask for nvidia.com/gpu',
    },
  ],
};
