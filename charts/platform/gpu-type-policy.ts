import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../imports/core';
import { ANNOTATION, GPU_RESOURCE, LABEL, priorityClass } from '../../lib/model/names';
import { platformLabels } from '../labels';
import { addObject } from '../object';

const NAME = 'tenantry-gpu-type';
const CLASS_PREFIX = priorityClass('');

/** Whether a container asks for GPUs; init containers and sidecars hold them as long as the others do. */
const USES_GPU = `(object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : []))
  .exists(c, has(c.resources) && has(c.resources.limits) && '${GPU_RESOURCE}' in c.resources.limits)`;

const TYPE = `has(object.spec.nodeSelector) && '${LABEL.gpuType}' in object.spec.nodeSelector
  ? object.spec.nodeSelector['${LABEL.gpuType}'] : ''`;

/** The annotation is written by Argo CD alone; a tenant cannot change its Namespace. */
const GRANTED = `has(namespaceObject.metadata.annotations) && '${ANNOTATION.gpuTypes}' in namespaceObject.metadata.annotations
  ? namespaceObject.metadata.annotations['${ANNOTATION.gpuTypes}'].split(',').filter(t, t != '') : []`;

/**
 * Ties GPU type, node selector and priority class together. Kubernetes counts all GPUs under one name, and EKS lets
 * every GPU pod tolerate every GPU taint (ExtendedResourceToleration), so without it any pod could take any type.
 */
export class GpuTypePolicyChart extends Chart {
  constructor(scope: Construct) {
    super(scope, 'gpu-type-policy', { labels: platformLabels('admission') });
    addObject<ValidatingAdmissionPolicy>(this, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: NAME },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          namespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] },
          objectSelector: {},
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'], scope: '*' },
          ],
        },
        variables: [
          { name: 'usesGpu', expression: USES_GPU },
          { name: 'type', expression: TYPE },
          { name: 'granted', expression: GRANTED },
          {
            name: 'class',
            expression: "has(object.spec.priorityClassName) ? object.spec.priorityClassName : ''",
          },
        ],
        validations: [
          {
            expression: '!variables.usesGpu || variables.type in variables.granted',
            messageExpression: `"a pod with GPUs needs the node selector ${LABEL.gpuType} with a granted type: " + (size(variables.granted) == 0 ? 'none is granted' : variables.granted.join(', '))`,
            reason: 'Forbidden',
          },
          {
            expression: `!variables.usesGpu || variables.class == '${CLASS_PREFIX}' + variables.type`,
            messageExpression: `"a pod with GPUs of type " + variables.type + " needs the priority class ${CLASS_PREFIX}" + variables.type`,
            reason: 'Forbidden',
          },
          {
            expression: `variables.usesGpu || !variables.class.startsWith('${CLASS_PREFIX}')`,
            message: 'a pod without GPUs cannot have the priority class of a GPU type',
            reason: 'Forbidden',
          },
        ],
      },
    });
    addObject<ValidatingAdmissionPolicyBinding>(this, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: ['Deny'] },
    });
  }
}
