import { Duration } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks-v2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { INTERRUPTIONS, RETENTION } from '../../lib/infrastructure/interruptions';
import { NODE_POLICIES } from '../../lib/infrastructure/node-groups';
import { interruptionQueue, nodeRole } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';

/** What Karpenter's nodes need to join, and how it hears that one is about to go. */
export class Karpenter extends Construct {
  constructor(scope: Construct, { name }: Cluster) {
    super(scope, 'Karpenter');
    const role = new Role(this, 'NodeRole', {
      roleName: nodeRole(name),
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((policy) => ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
    // Node groups get theirs from EKS; nodes of Karpenter would never join without it.
    new CfnAccessEntry(this, 'NodeAccess', {
      clusterName: name,
      principalArn: role.roleArn,
      type: 'EC2_LINUX',
    });
    const queue = new Queue(this, 'Interruptions', {
      queueName: interruptionQueue(name),
      retentionPeriod: Duration.seconds(RETENTION),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    for (const [id, { source, detailType }] of Object.entries(INTERRUPTIONS)) {
      new Rule(this, id, {
        eventPattern: { source: [source], detailType: [detailType] },
        targets: [new SqsQueue(queue)],
      });
    }
  }
}
