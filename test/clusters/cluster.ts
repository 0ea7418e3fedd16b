import type { Cluster } from '../../lib/model/platform';
import { type Fields, load } from '../support/inputs';

/** The cluster of the fixture with a change. */
export function clusterWith(fields: Fields): Cluster {
  const { platform, issues } = load({ 'clusters/main.yaml': fields });
  const [cluster] = platform?.clusters ?? [];
  if (cluster === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return cluster;
}
