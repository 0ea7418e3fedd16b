import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks-v2';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { identitiesOf } from '../../lib/infrastructure/identities';
import { tenantBoundary } from '../../lib/infrastructure/policies/tenant';
import type { Place } from '../../lib/infrastructure/statement';
import { tenantRole } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { policy } from './policy';

/** Roles of the controllers and of tenants, and which service account gets which. The manifests make the accounts. */
export class PodIdentity extends Construct {
  constructor(scope: Construct, cluster: Cluster, place: Place) {
    super(scope, 'PodIdentity');
    for (const { role: roleName, trust, statements, managedPolicies, account } of identitiesOf(
      cluster,
      place,
    )) {
      const role = new CfnRole(this, `${roleName}-role`, {
        roleName,
        assumeRolePolicyDocument: policy([trust]),
        managedPolicyArns: managedPolicies.map((name) => `arn:${place.partition}:iam::aws:policy/${name}`),
        policies:
          statements.length === 0
            ? []
            : [{ policyName: 'least-privilege', policyDocument: policy(statements) }],
      });
      if (account === undefined) continue;
      new CfnPodIdentityAssociation(this, roleName, {
        clusterName: cluster.name,
        namespace: account.namespace,
        serviceAccount: account.name,
        roleArn: role.attrArn,
      });
    }
    new CfnManagedPolicy(this, 'Boundary', {
      managedPolicyName: `${tenantRole(cluster.name)}-boundary`,
      description: 'The most that a role made for a tenant can ever do',
      policyDocument: policy(tenantBoundary(cluster, place)),
    });
  }
}
