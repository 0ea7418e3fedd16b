import type { Cluster } from '../../model/platform';
import { allow, arn, type Place, type Statement } from '../statement';

/** external-secrets: reads the secrets that the cluster file names, and those below the cluster's own prefix. */
export function externalSecrets({ name: cluster, spec }: Cluster, place: Place): Statement[] {
  const named = [spec.git.secret, spec.sso?.secret].filter((name) => name !== undefined);
  return [
    allow(
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      // Secrets Manager adds a dash and six characters to a name.
      [`${cluster}/*`, ...named.map((name) => `${name}-??????`)].map((name) =>
        arn(place, 'secretsmanager', `secret:${name}`),
      ),
    ),
  ];
}
