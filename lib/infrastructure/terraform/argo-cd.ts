import { GIT_SECRET, NAMESPACE } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { argoCdRelease } from '../bootstrap';
import { controlPlaneOf } from './eks';
import { ref } from './reference';

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A count of one or none, by the variable argo_cd. */
const ASKED = ref('var.argo_cd ? 1 : 0');

/** How providers log in to the cluster. */
export function clusterLogin(cluster: Cluster) {
  const { region } = cluster.spec;
  const data = 'data.aws_eks_cluster.this';
  return {
    host: `\${${data}.endpoint}`,
    cluster_ca_certificate: `\${base64decode(${data}.certificate_authority[0].data)}`,
    exec: {
      api_version: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: ['eks', 'get-token', '--cluster-name', cluster.name, '--region', region],
    },
  };
}

/** Argo CD by Helm, then its credentials, then the roots at the pinned revision. */
export function argoCdResources(cluster: Cluster): Blocks {
  const { name, namespace, repository, chart, version, values } = argoCdRelease(cluster);
  const { secret, url } = cluster.spec.git;
  const { region } = cluster.spec;
  const credentials = secret === undefined ? [] : ['kubernetes_secret_v1.repository'];
  return {
    helm_release: {
      'argo-cd': {
        count: ASKED,
        name,
        namespace,
        repository,
        chart,
        version,
        create_namespace: true,
        timeout: 900,
        values: [JSON.stringify(values).replaceAll('${', () => '$${')],
        depends_on: cluster.spec.controlPlane?.existing === undefined ? ['module.eks'] : [],
      },
    },
    ...(secret === undefined
      ? {}
      : {
          kubernetes_secret_v1: {
            repository: {
              count: ASKED,
              metadata: {
                name: GIT_SECRET,
                namespace: NAMESPACE.argocd,
                labels: { 'argocd.argoproj.io/secret-type': 'repository' },
              },
              data: `\${merge(jsondecode(data.aws_secretsmanager_secret_version.repository[0].secret_string), {type = "git", url = "${url}"})}`,
              depends_on: ['helm_release.argo-cd'],
            },
          },
        }),
    terraform_data: {
      roots: {
        count: ASKED,
        triggers_replace: [ref('filesha256("bootstrap.yaml")')],
        depends_on: ['helm_release.argo-cd', ...credentials],
        provisioner: {
          'local-exec': {
            command: [
              `aws eks update-kubeconfig --name ${cluster.name} --region ${region} --kubeconfig bootstrap.kubeconfig`,
              'kubectl --kubeconfig bootstrap.kubeconfig apply --server-side --filename bootstrap.yaml',
            ].join(' && '),
            working_dir: ref('path.module'),
          },
        },
      },
    },
  };
}

/** What the providers and resources above read. */
export function argoCdData(cluster: Cluster): Blocks {
  const { secret } = cluster.spec.git;
  return {
    aws_eks_cluster: { this: { name: controlPlaneOf(cluster).name } },
    ...(secret === undefined
      ? {}
      : { aws_secretsmanager_secret_version: { repository: { count: ASKED, secret_id: secret } } }),
  };
}
