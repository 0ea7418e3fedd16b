import { join } from 'node:path';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks-v2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  determineLatestNodeRuntime,
  type ILayerVersion,
  Function as Lambda,
} from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { AwsCliLayer } from 'aws-cdk-lib/lambda-layer-awscli';
import { Construct } from 'constructs';
import { repositorySecret } from '../../lib/infrastructure/bootstrap';
import { NAMESPACE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import type { Network } from './network';

interface Parts {
  readonly network: Network;
  readonly securityGroupId: string;
  readonly kubectl: ILayerVersion;
}

/** Puts the credentials of a private repository into the cluster: Argo CD needs them before external-secrets is there. */
export class RepositoryCredentials extends Construct {
  constructor(scope: Construct, cluster: Cluster, name: string, parts: Parts) {
    super(scope, 'Repository');
    const { network, securityGroupId, kubectl } = parts;
    const stack = Stack.of(this);
    const secret = Secret.fromSecretNameV2(this, 'Secret', name);
    const handler = new Lambda(this, 'Handler', {
      description: 'Writes the repository Secret of Argo CD from AWS Secrets Manager',
      code: Code.fromAsset(join(__dirname, 'repository-credentials')),
      handler: 'index.handler',
      runtime: determineLatestNodeRuntime(this),
      timeout: Duration.minutes(2),
      memorySize: 512,
      layers: [kubectl, new AwsCliLayer(this, 'AwsCli')],
      vpc: network.vpc,
      vpcSubnets: { subnets: network.privateSubnets },
      securityGroups: [SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', securityGroupId)],
    });
    secret.grantRead(handler);
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['eks:DescribeCluster'],
        resources: [stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: cluster.name })],
      }),
    );
    const access = new CfnAccessEntry(this, 'Access', {
      clusterName: cluster.name,
      principalArn: handler.role?.roleArn ?? '',
      accessPolicies: [
        {
          policyArn: `arn:${stack.partition}:eks::aws:cluster-access-policy/AmazonEKSEditPolicy`,
          accessScope: { type: 'namespace', namespaces: [NAMESPACE.argocd] },
        },
      ],
    });
    const written = new CustomResource(this, 'Credentials', {
      serviceToken: new Provider(this, 'Provider', { onEventHandler: handler }).serviceToken,
      resourceType: 'Custom::RepositoryCredentials',
      properties: {
        cluster: cluster.name,
        secret: name,
        manifest: JSON.stringify(repositorySecret(cluster)),
      },
    });
    written.node.addDependency(access);
  }
}
