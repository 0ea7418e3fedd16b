import type { Body } from '../api';
import { pod } from './pod';

/** Where an attack happens: a tenant, what it is granted, and what belongs to others. */
export interface Scene {
  readonly namespace: string;
  readonly gpuType: string;
  readonly otherType: string;
  readonly otherTenant: string;
  readonly registry: string;
}

/** Something that a tenant tries, and who must refuse it. */
export type Pods = readonly (readonly [policy: string, attempts: Readonly<Record<string, Body>>])[];

const HTTP = 'docker.io/library/httpd:2.4';

/** Hostile pods, each of which is wrong in one way, by the policy that must refuse them. */
export function hostilePods({ namespace, gpuType, otherType, otherTenant, registry }: Scene): Pods {
  const base: Body = pod(namespace, { name: 'hostile' });
  const gpus = { name: 'hostile', gpus: 1, gpuType, priorityClassName: `tenant-gpu-${gpuType}` };
  const gpuPod: Body = pod(namespace, gpus);
  const withSpec = (spec: object, from = base): Body => ({ ...from, spec: { ...from.spec, ...spec } });
  const withMetadata = (metadata: object): Body => ({ ...base, metadata: { ...base.metadata, ...metadata } });
  const withContainer = (container: object): Body =>
    withSpec({ containers: [{ ...base.spec.containers[0], ...container }] });
  const tolerating = (toleration: object, from = base): Body => withSpec({ tolerations: [toleration] }, from);
  const selecting = (labels: object): Body => withSpec({ nodeSelector: labels });
  const nodeAffinity = (term: object): Body =>
    withSpec({
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
      },
    });
  const apart = (term: object): Body =>
    withSpec({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: {}, ...term },
          ],
        },
      },
    });
  const mounting = (volume: object): Body => withSpec({ volumes: [{ name: 'hostile', ...volume }] });
  const token = (audience: string) => ({
    projected: { sources: [{ serviceAccountToken: { audience, path: 'token' } }] },
  });

  return [
    [
      'tolerations',
      {
        'every taint': tolerating({ operator: 'Exists' }),
        'the taint of system nodes': tolerating({ key: 'CriticalAddonsOnly', operator: 'Exists' }),
        'the taint of GPU nodes, without GPUs': tolerating({ key: 'nvidia.com/gpu', operator: 'Exists' }),
        'GPU nodes of another type': tolerating({ key: 'nvidia.com/gpu', value: otherType }, gpuPod),
        'the pool of another tenant': tolerating({ key: 'tenantry.dev/tenant', value: otherTenant }),
        'the pools of all tenants': tolerating({ key: 'tenantry.dev/tenant', operator: 'Exists' }),
        'nodes that are not ready': tolerating({ key: 'node.kubernetes.io/not-ready', operator: 'Exists' }),
      },
    ],
    [
      'node-selection',
      {
        'a node by name': withSpec({ nodeName: 'ip-10-0-0-1' }),
        'nodes of another tenant': selecting({ 'tenantry.dev/tenant': otherTenant }),
        'GPU nodes of another type': selecting({ 'tenantry.dev/gpu-type': otherType }),
        'a pool by name': selecting({ 'karpenter.sh/nodepool': otherType }),
        'a pool by affinity': nodeAffinity({
          matchExpressions: [{ key: 'karpenter.sh/nodepool', operator: 'Exists' }],
        }),
        'a node by affinity': nodeAffinity({
          matchFields: [{ key: 'metadata.name', operator: 'In', values: ['ip-10-0-0-1'] }],
        }),
        'nobody else on its node': apart({ namespaceSelector: {} }),
        'not one of the others on its node': apart({ namespaces: [otherTenant] }),
        'a scheduler of its own': withSpec({ schedulerName: 'mine' }),
      },
    ],
    [
      'gpu-type',
      {
        'GPUs of no type': withSpec({ nodeSelector: {} }, gpuPod),
        'GPUs that are not counted': withSpec({ priorityClassName: 'tenant-cpu' }, gpuPod),
        'the class of GPU pods': withSpec({ priorityClassName: `tenant-gpu-${gpuType}` }),
        'a GPU by claim': withSpec({ resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }] }),
        'a GPU by environment': withContainer({ env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' }] }),
      },
    ],
    [
      'images',
      {
        'an image of a public registry': withContainer({ image: HTTP }),
        'an image without a registry': withContainer({ image: 'httpd:2.4' }),
        'a registry that starts alike': withContainer({ image: `${registry}.example.org/ray:2.60.0` }),
        'the latest image': withContainer({ image: `${registry}/tenantry/ray:latest` }),
        'an image without a tag': withContainer({ image: `${registry}/tenantry/ray` }),
        'an init container': withSpec({
          initContainers: [{ ...base.spec.containers[0], name: 'init', image: HTTP }],
        }),
        'an image as a volume': mounting({ image: { reference: HTTP } }),
      },
    ],
    [
      'priority-classes',
      {
        'the class of nodes': withSpec({ priorityClassName: 'system-node-critical' }),
        'the class of clusters': withSpec({ priorityClassName: 'system-cluster-critical' }),
      },
    ],
    ['service-accounts', { 'the default account': withSpec({ serviceAccountName: 'default' }) }],
    ['volumes', { 'a driver named in the pod': mounting({ csi: { driver: 'efs.csi.aws.com' } }) }],
    [
      'identity-token',
      {
        'a token for AWS STS': mounting(token('sts.amazonaws.com')),
        'a token for Pod Identity by hand': mounting(token('pods.eks.amazonaws.com')),
        'no token where the webhook puts one': mounting({ name: 'eks-pod-identity-token', emptyDir: {} }),
      },
    ],
    [
      'labels',
      {
        'the label of another tenant': withMetadata({ labels: { 'tenantry.dev/tenant': otherTenant } }),
        'costs of another tenant': withMetadata({ labels: { 'tenantry.dev/cost-center': '0815' } }),
        'the queue of another': withMetadata({ labels: { 'kueue.x-k8s.io/queue-name': otherTenant } }),
        'an address of another pod': withMetadata({
          annotations: { 'cni.projectcalico.org/podIPs': '10.0.1.7/32' },
        }),
      },
    ],
  ];
}
