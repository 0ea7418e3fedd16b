import type { Api, Body, Reference } from '../api';

const AT = '2026-01-01T00:00:00Z';
const condition = (type: string) => ({
  conditions: [{ type, status: 'True', reason: 'Played', message: '', lastTransitionTime: AT }],
});

/** What controllers that do not run here would write as soon as all is well, by the kind of object. */
const WELL: readonly (readonly [apiVersion: string, kind: string, status: Body])[] = [
  ['cert-manager.io/v1', 'Certificate', condition('Ready')],
  ['cert-manager.io/v1', 'ClusterIssuer', condition('Ready')],
  ['eks.services.k8s.aws/v1alpha1', 'AccessEntry', condition('ACK.ResourceSynced')],
  ['eks.services.k8s.aws/v1alpha1', 'PodIdentityAssociation', condition('ACK.ResourceSynced')],
  ['external-secrets.io/v1', 'ClusterSecretStore', condition('Ready')],
  ['external-secrets.io/v1', 'ExternalSecret', condition('Ready')],
  ['karpenter.k8s.aws/v1', 'EC2NodeClass', condition('Ready')],
  ['karpenter.sh/v1', 'NodePool', condition('Ready')],
  ['kueue.x-k8s.io/v1beta2', 'ClusterQueue', condition('Active')],
  ['kueue.x-k8s.io/v1beta2', 'LocalQueue', condition('Active')],
  ['networking.k8s.io/v1', 'Ingress', { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }],
  ['s3.services.k8s.aws/v1alpha1', 'Bucket', condition('ACK.ResourceSynced')],
];

/** Writes the status that each object would have, where its kind is served already and nothing is written yet. */
export async function playControllers(api: Api): Promise<void> {
  for (const [apiVersion, kind, status] of WELL) {
    const objects = await api.list<Reference & Body>({ apiVersion, kind }).catch(() => {
      api.forget();
      return [];
    });
    for (const { metadata, status: present = {} } of objects) {
      const written = Object.keys(status).every((field) => JSON.stringify(present[field] ?? {}) !== '{}');
      if (!written) await api.patch({ apiVersion, kind, metadata }, { status }, 'status');
    }
  }
}
