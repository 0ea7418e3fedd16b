import type { Rule } from '../rule';

interface Upgraded {
  readonly kind: string;
  readonly spec?: {
    readonly upgradeStrategy?: {
      readonly type?: string;
      readonly clusterUpgradeOptions?: {
        readonly maxSurgePercent?: number;
        readonly stepSizePercent?: number;
        readonly intervalSeconds?: number;
        readonly gatewayClassName?: string;
      };
    };
    readonly rayClusterConfig?: { readonly enableInTreeAutoscaling?: boolean };
  };
}

const INCREMENTAL = 'NewClusterWithIncrementalUpgrade';
const TYPES: Readonly<Record<string, readonly string[]>> = {
  RayCluster: ['Recreate', 'None'],
  RayService: [INCREMENTAL, 'NewCluster', 'None'],
};

/** How a cluster or a service takes a new version. */
export const rayUpgrade: Rule<Upgraded> = {
  id: 'ray-upgrade',
  class: 'controller',
  kinds: ['ray.io/v1/RayCluster', 'ray.io/v1/RayService'],
  check({ kind, spec = {} }, tell) {
    const { type, clusterUpgradeOptions: options } = spec.upgradeStrategy ?? {};
    if (type === undefined) return;
    const at = ['spec', 'upgradeStrategy'];
    const types = TYPES[kind] ?? [];
    if (!types.includes(type)) tell([...at, 'type'], `must be one of ${types.join(', ')}`);
    if (type !== INCREMENTAL) return;
    if (spec.rayClusterConfig?.enableInTreeAutoscaling !== true)
      tell(at, `${INCREMENTAL} needs the autoscaler`);
    if (options === undefined) {
      tell(at, `${INCREMENTAL} needs clusterUpgradeOptions`);
      return;
    }
    const {
      maxSurgePercent = 100,
      stepSizePercent = -1,
      intervalSeconds = 0,
      gatewayClassName = '',
    } = options;
    for (const [field, percent] of Object.entries({ maxSurgePercent, stepSizePercent })) {
      if (percent < 0 || percent > 100)
        tell([...at, 'clusterUpgradeOptions'], `needs ${field} from 0 to 100`);
    }
    if (stepSizePercent > maxSurgePercent)
      tell([...at, 'clusterUpgradeOptions'], 'needs stepSizePercent at most maxSurgePercent');
    if (intervalSeconds <= 0) tell([...at, 'clusterUpgradeOptions'], 'needs intervalSeconds more than 0');
    if (gatewayClassName === '') tell([...at, 'clusterUpgradeOptions'], 'needs gatewayClassName');
  },
};
