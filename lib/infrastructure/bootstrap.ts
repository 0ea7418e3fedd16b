import { App } from 'cdk8s';
import { RootsChart } from '../../argocd/roots';
import { ARGO_CD } from '../../charts/platform/argo-cd';
import { CHARTS } from '../model/charts';
import { GIT_SECRET, NAMESPACE } from '../model/names';
import type { Cluster } from '../model/platform';

/** A Helm release, as the bootstrap installs it once and Argo CD keeps it from then on. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly values: object;
}

/** Argo CD with the values that dist/ has, and its CRDs: nothing else can bring those before it runs. */
export function argoCdRelease(cluster: Cluster): Release {
  const { repoURL, chart, version } = CHARTS['argo-cd'];
  const values = ARGO_CD.values?.(cluster) ?? {};
  return {
    name: ARGO_CD.name,
    namespace: ARGO_CD.namespace,
    repository: repoURL,
    chart,
    version,
    values: { ...values, crds: { install: true } },
  };
}

/** The project and the two roots at the revision that the cluster follows: they bring everything else. */
export function roots(cluster: Cluster): object[] {
  return new RootsChart(new App(), cluster).toJson();
}

/**
 * Lets the VPC CNI write a pod's address on it (ANNOTATE_POD_IP), which the role of its add-on does not allow
 * (amazon-vpc-cni-k8s README, read 2026-11-25); Calico waits for the annotation.
 */
export function podAnnotator(): object[] {
  const name = 'aws-node-annotate-pods';
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: 'aws-node', namespace: NAMESPACE.kubeSystem }],
    },
  ];
}

/** What Argo CD reads a private repository with; the fields of the secret in Secrets Manager are added to it. */
export function repositorySecret({ spec: { git } }: Cluster): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: GIT_SECRET,
      namespace: NAMESPACE.argocd,
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'git', url: git.url },
  };
}
