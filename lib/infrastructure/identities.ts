import {
  AWS_ACCOUNT,
  controllerRole,
  EBS_CSI_ACCOUNT,
  EFS_CSI_ACCOUNT,
  SERVICE_ACCOUNT,
  tenantRole,
} from '../model/names';
import type { Cluster } from '../model/platform';
import { ackEks, ackIam, ackS3 } from './policies/ack';
import { certManager, externalDns } from './policies/dns';
import { karpenter } from './policies/karpenter';
import { loadBalancer } from './policies/load-balancer';
import { externalSecrets } from './policies/secrets';
import { tenantData } from './policies/tenant';
import { arn, type Place, podIdentityTrust, type Statement } from './statement';

/** A role that pods take by EKS Pod Identity. */
export interface Identity {
  /** Name of the role. */
  readonly role: string;
  readonly trust: Statement;
  readonly statements: readonly Statement[];
  /** Names of policies that AWS keeps. */
  readonly managedPolicies: readonly string[];
  /** The service account that is associated with it by the bootstrap; tenants' are associated from Git. */
  readonly account?: { readonly namespace: string; readonly name: string };
}

const CONTROLLERS = {
  ackEks,
  ackIam,
  ackS3,
  certManager,
  externalDns,
  externalSecrets,
  karpenter,
  loadBalancer,
} as const satisfies Record<keyof typeof AWS_ACCOUNT, (cluster: Cluster, place: Place) => Statement[]>;

/** Roles of the controllers, one a service account, and the one of all tenants. */
export function identitiesOf(cluster: Cluster, place: Place): Identity[] {
  const { name, spec } = cluster;
  const here = { 'eks-cluster-arn': [arn(place, 'eks', `cluster/${name}`)] };
  const controller = (account: NonNullable<Identity['account']>) => ({
    role: controllerRole(name, account.name),
    trust: podIdentityTrust({
      ...here,
      'kubernetes-namespace': [account.namespace],
      'kubernetes-service-account': [account.name],
    }),
    account,
  });
  const driver = (account: NonNullable<Identity['account']>, policy: string) => ({
    ...controller(account),
    statements: [],
    managedPolicies: [`service-role/${policy}`],
  });
  return [
    ...Object.entries(AWS_ACCOUNT).map(([key, account]) => ({
      ...controller(account),
      statements: CONTROLLERS[key as keyof typeof AWS_ACCOUNT](cluster, place),
      managedPolicies: [],
    })),
    driver(EBS_CSI_ACCOUNT, 'AmazonEBSCSIDriverPolicy'),
    ...(spec.homes === undefined ? [] : [driver(EFS_CSI_ACCOUNT, 'AmazonEFSCSIDriverPolicy')]),
    {
      role: tenantRole(name),
      trust: podIdentityTrust({ ...here, 'kubernetes-service-account': Object.values(SERVICE_ACCOUNT) }),
      statements: tenantData(cluster, place),
      managedPolicies: [],
    },
  ];
}
