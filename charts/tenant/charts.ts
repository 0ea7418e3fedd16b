import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Placement } from '../../lib/model/platform';
import { AccessChart } from './access';
import { HubChart } from './hub';
import { IdentityChart } from './identity';
import { JobsChart } from './jobs';
import { NamespaceChart } from './namespace';
import { NetworkChart } from './network';
import { QueueChart } from './queue';
import { QuotaChart } from './quota';
import { RayChart } from './ray/chart';
import { SecretsChart } from './secrets';
import { StorageChart } from './storage';

/** What a tenant is made of, one file of dist/ each. */
export const TENANT_CHARTS: readonly (new (scope: Construct, placement: Placement) => Chart)[] = [
  NamespaceChart,
  AccessChart,
  IdentityChart,
  QuotaChart,
  NetworkChart,
  QueueChart,
  SecretsChart,
  StorageChart,
  HubChart,
  JobsChart,
  RayChart,
];
