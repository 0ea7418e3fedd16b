import type { Cluster } from '../model/platform';

/** A way in for NFS to the mount targets of homes. */
export interface Nfs {
  /** Security group of the mount targets. */
  readonly securityGroup: string;
  /** Whence where the group of the nodes is not known: the range of the VPC. */
  readonly cidr?: string;
  /** Port of NFS (EFS user guide, "Using VPC security groups"). */
  readonly port: 2049;
  readonly description: string;
}

/** Nothing where homes are disks, or where the cluster file names no security group of their file system. */
export function nfsOf({ spec }: Cluster): Nfs | undefined {
  const securityGroup = spec.homes?.securityGroup;
  if (securityGroup === undefined) return undefined;
  const common = { securityGroup, port: 2049 } as const;
  return spec.controlPlane?.existing === undefined
    ? { ...common, description: 'NFS from the nodes' }
    : { ...common, cidr: spec.network.vpcCidr, description: 'NFS from the VPC' };
}
