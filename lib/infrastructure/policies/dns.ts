import type { Cluster } from '../../model/platform';
import { allow, type Place, type Statement } from '../statement';

const RECORDS = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';
const TYPES = 'route53:ChangeResourceRecordSetsRecordTypes';

/** external-dns: records below the domain, and nothing else of the zone. */
export function externalDns({ spec }: Cluster, place: Place): Statement[] {
  return [
    allow(['route53:ChangeResourceRecordSets'], zone(spec, place), {
      'ForAllValues:StringLike': { [RECORDS]: [`*.${spec.domain}`] },
    }),
    allow(['route53:ListResourceRecordSets', 'route53:ListTagsForResources'], zone(spec, place)),
    allow(['route53:ListHostedZones'], ['*']),
  ];
}

/** cert-manager: the one TXT record of the DNS-01 challenge. */
export function certManager({ spec }: Cluster, place: Place): Statement[] {
  return [
    allow(['route53:ChangeResourceRecordSets'], zone(spec, place), {
      'ForAllValues:StringEquals': { [RECORDS]: [`_acme-challenge.${spec.domain}`], [TYPES]: ['TXT'] },
    }),
    allow(['route53:ListResourceRecordSets'], zone(spec, place)),
    allow(['route53:GetChange'], [`arn:${place.partition}:route53:::change/*`]),
    allow(['route53:ListHostedZonesByName'], ['*']),
  ];
}

function zone({ dns }: Cluster['spec'], { partition }: Place): string[] {
  return [`arn:${partition}:route53:::hostedzone/${dns?.zoneId ?? '*'}`];
}
