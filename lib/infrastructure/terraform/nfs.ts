import type { Cluster } from '../../model/platform';
import { nfsOf } from '../nfs';
import { ref } from './reference';
import type { Resources } from './resources';

/** The way to homes on EFS: from the nodes of the module, or else from the VPC. */
export function nfs(cluster: Cluster): Resources {
  const rule = nfsOf(cluster);
  if (rule === undefined) return {};
  return {
    aws_vpc_security_group_ingress_rule: {
      homes: {
        security_group_id: rule.securityGroup,
        description: rule.description,
        ip_protocol: 'tcp',
        from_port: rule.port,
        to_port: rule.port,
        ...(rule.cidr === undefined
          ? { referenced_security_group_id: ref('module.eks.node_security_group_id') }
          : { cidr_ipv4: rule.cidr }),
      },
    },
  };
}
