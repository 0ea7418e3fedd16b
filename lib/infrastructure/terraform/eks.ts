import { DISCOVERY_TAG } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { addonsOf } from '../addons';
import { type NodeGroup, nodeGroupsOf } from '../node-groups';
import { MODULES } from './modules';
import { networkOf } from './network';
import { ref } from './reference';

/** Ids of the cluster, as Terraform writes them. */
export interface ControlPlane {
  readonly name: string;
  readonly securityGroup: string;
}

/** What others refer the cluster by, so that they come after it. */
export function controlPlaneOf({ name, spec }: Cluster): ControlPlane {
  const existing = spec.controlPlane?.existing;
  return existing === undefined
    ? {
        name: ref('module.eks.cluster_name'),
        securityGroup: ref('module.eks.cluster_primary_security_group_id'),
      }
    : { name, securityGroup: existing.securityGroup };
}

/** The cluster with its nodes and add-ons; nothing where it exists already. */
export function eksModules(cluster: Cluster): Record<string, object> {
  const { name, spec } = cluster;
  const {
    existing,
    publicCidrs,
    admins = [],
    logs = ['api', 'audit', 'authenticator'],
  } = spec.controlPlane ?? {};
  if (existing !== undefined) return {};
  const { vpc, privateSubnets, controlPlaneSubnets } = networkOf(cluster);
  const { variables: _, ...source } = MODULES.eks;
  return {
    eks: {
      ...source,
      name,
      kubernetes_version: spec.kubernetesVersion,
      vpc_id: vpc,
      subnet_ids: privateSubnets,
      control_plane_subnet_ids: controlPlaneSubnets,
      service_ipv4_cidr: spec.network.serviceCidr,
      authentication_mode: 'API',
      enable_cluster_creator_admin_permissions: true,
      endpoint_private_access: true,
      endpoint_public_access: publicCidrs !== undefined,
      ...(publicCidrs === undefined ? {} : { endpoint_public_access_cidrs: publicCidrs }),
      enabled_log_types: logs,
      create_kms_key: true,
      enable_irsa: false,
      node_security_group_tags: { [DISCOVERY_TAG]: name },
      node_security_group_additional_rules: {
        nodes: {
          description: 'Nodes and pods among themselves',
          protocol: '-1',
          from_port: 0,
          to_port: 0,
          self: true,
        },
        control_plane: {
          description: 'Control plane to kubelets and webhooks',
          protocol: 'tcp',
          from_port: 0,
          to_port: 65535,
          source_cluster_security_group: true,
        },
      },
      access_entries: Object.fromEntries(
        admins.map((role) => [role.slice(role.lastIndexOf('/') + 1), admin(role)]),
      ),
      addons: Object.fromEntries(
        addonsOf(cluster).map(({ name: addon, version, configuration, beforeNodes }) => [
          addon,
          {
            before_compute: beforeNodes,
            most_recent: false,
            resolve_conflicts_on_create: 'OVERWRITE',
            ...(version === undefined ? {} : { addon_version: version }),
            ...(configuration === undefined ? {} : { configuration_values: JSON.stringify(configuration) }),
          },
        ]),
      ),
      eks_managed_node_groups: Object.fromEntries(
        nodeGroupsOf(cluster).map((group) => [group.name, nodeGroup(group)]),
      ),
    },
  };
}

function admin(role: string) {
  return {
    principal_arn: role,
    policy_associations: {
      admin: {
        policy_arn: `arn:${ref('data.aws_partition.current.partition')}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        access_scope: { type: 'cluster' },
      },
    },
  };
}

function nodeGroup({ instanceTypes, amiType, min, max, disk, labels, taint }: NodeGroup) {
  return {
    use_name_prefix: false,
    instance_types: instanceTypes,
    ami_type: amiType,
    min_size: min,
    max_size: max,
    desired_size: min,
    labels,
    taints: { platform: { ...taint, effect: 'NO_SCHEDULE' } },
    node_repair_config: { enabled: true },
    metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
    block_device_mappings: {
      root: {
        device_name: '/dev/xvda',
        ebs: { volume_size: disk, volume_type: 'gp3', encrypted: true },
      },
    },
  };
}
