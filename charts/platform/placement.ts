import { SYSTEM_TAINT, TAINT } from '../../lib/model/names';

/** For what may run on the system nodes, where nothing else can: the platform comes up before Karpenter does. */
export const ON_SYSTEM_NODES = [{ key: SYSTEM_TAINT, operator: 'Exists' }];

/** For DaemonSets of GPU nodes. Any value, any effect: a new GPU type or tenant pool changes nothing here. */
export const ON_EVERY_GPU_NODE = Object.values(TAINT).map((key) => ({ key, operator: 'Exists' }));
