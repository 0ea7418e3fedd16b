import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Duration } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AccessEntry,
  AccessPolicy,
  AccessScopeType,
  Cluster as EksCluster,
  HelmChart,
  KubectlProvider,
  KubernetesManifest,
} from 'aws-cdk-lib/aws-eks-v2';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import { argoCdRelease, podAnnotator, roots } from '../../lib/infrastructure/bootstrap';
import type { Cluster } from '../../lib/model/platform';
import type { Network } from './network';
import { RepositoryCredentials } from './repository';

/** Argo CD and its two roots, which bring everything else: the last thing that the stack does. */
export class ArgoCd extends Construct {
  constructor(scope: Construct, cluster: Cluster, network: Network, securityGroupId: string) {
    super(scope, 'ArgoCd');
    const kubectl = new KubectlV36Layer(this, 'Layer');
    const { target, access } = this.reach(cluster, network, securityGroupId, kubectl);
    const manifest = (id: string, objects: object[], ...after: IConstruct[]) => {
      const applied = new KubernetesManifest(this, id, {
        cluster: target,
        manifest: objects.map((object) => ({ ...object })),
        overwrite: true,
      });
      applied.node.addDependency(access, ...after);
    };
    manifest('PodAnnotator', podAnnotator());
    const { name, values, ...release } = argoCdRelease(cluster);
    const chart = new HelmChart(this, 'Chart', {
      cluster: target,
      release: name,
      values: { ...values },
      ...release,
      createNamespace: true,
      wait: true,
      timeout: Duration.minutes(15),
    });
    chart.node.addDependency(access);
    const { secret } = cluster.spec.git;
    const credentials =
      secret === undefined
        ? []
        : [new RepositoryCredentials(this, cluster, secret, { network, securityGroupId, kubectl })];
    for (const part of credentials) part.node.addDependency(chart);
    manifest('Roots', roots(cluster), chart, ...credentials);
  }

  /** kubectl and helm, from the nodes' subnets: those of the control plane have no way to the chart's repository. */
  private reach({ name }: Cluster, network: Network, securityGroupId: string, kubectlLayer: ILayerVersion) {
    const attributes = { clusterName: name, vpc: network.vpc, clusterSecurityGroupId: securityGroupId };
    const kubectlProvider = new KubectlProvider(this, 'Kubectl', {
      cluster: EksCluster.fromClusterAttributes(this, 'Unreached', attributes),
      kubectlLayer,
      privateSubnets: network.privateSubnets,
      securityGroups: [SecurityGroup.fromSecurityGroupId(this, 'ClusterSecurityGroup', securityGroupId)],
    });
    const target = EksCluster.fromClusterAttributes(this, 'Target', { ...attributes, kubectlProvider });
    const access = new AccessEntry(this, 'Access', {
      cluster: target,
      principal: kubectlProvider.role?.roleArn ?? '',
      accessPolicies: [
        AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
          accessScopeType: AccessScopeType.CLUSTER,
        }),
      ],
    });
    return { target, access };
  }
}
