import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AccessEntry, PodIdentityAssociation } from '../../imports/eks.services.k8s.aws';
import { group, LABEL, SERVICE_ACCOUNT, tenantRole } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';
import { addObject } from '../object';

/** What ACK keeps in AWS by default (its chart's deletionPolicy) would outlive the right that it gives. */
const DELETE_IN_AWS = { 'services.k8s.aws/deletion-policy': 'delete' };

/** Who pods and members of a tenant are for AWS: associations of its service accounts, access entries of its roles. */
export class IdentityChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'identity', { labels: tenantLabels(placement) });
    if (!placement.allowed.opens) return;
    for (const account of Object.values(SERVICE_ACCOUNT)) this.associate(placement, account);
    const { admins, users } = placement.spec.members.roles ?? {};
    this.admit(placement, 'admins', admins);
    this.admit(placement, 'users', users);
  }

  /** One role for all tenants: Pod Identity tags its sessions with cluster and namespace, and S3 judges by the tags. */
  private associate({ tenant, cluster }: Placement, serviceAccount: string): void {
    addObject<PodIdentityAssociation>(this, {
      apiVersion: 'eks.services.k8s.aws/v1alpha1',
      kind: 'PodIdentityAssociation',
      metadata: { name: serviceAccount, namespace: tenant, annotations: DELETE_IN_AWS },
      spec: {
        clusterName: cluster.name,
        namespace: tenant,
        serviceAccount,
        tags: { [LABEL.tenant]: tenant },
        roleARN: `arn:aws:iam::${cluster.spec.account}:role/${tenantRole(cluster.name)}`,
      },
    });
  }

  /** Who assumes the role is in a group of the tenant: ACK may give no other (eks:kubernetesGroups of its policy). */
  private admit({ tenant, cluster }: Placement, role: 'admins' | 'users', arn?: string): void {
    if (arn === undefined) return;
    addObject<AccessEntry>(this, {
      apiVersion: 'eks.services.k8s.aws/v1alpha1',
      kind: 'AccessEntry',
      metadata: { name: role, namespace: tenant, annotations: DELETE_IN_AWS },
      spec: {
        clusterName: cluster.name,
        principalARN: arn,
        kubernetesGroups: [group(tenant, role)],
        type: 'STANDARD',
        // ACK may delete in AWS only what has the tag.
        tags: { [LABEL.tenant]: tenant },
      },
    });
  }
}
