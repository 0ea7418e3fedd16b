import { type Issue, sortIssues } from '../issue';
import type { Platform } from '../model/platform';
import { nameObject } from '../render/identity';
import type { KubernetesObject, Manifest } from '../render/manifest';
import type { Judge } from '../render/render';
import { DATA } from './data';
import { HOSTS } from './hosts';
import type { Evidence, Proof } from './proof';
import { RBAC } from './rbac';
import { REACHABILITY } from './reachability';
import { REFERENCES } from './references';
import { SCHEDULABLE } from './schedulable';

/** What is proved of every tenant, by the rule that a gap breaks. */
export const PROOFS: readonly Proof[] = [DATA, HOSTS, RBAC, REACHABILITY, REFERENCES, SCHEDULABLE];

/** A judge that proves every tenant of a platform. It keeps the objects of clusters, which come before their tenants. */
export function prover({ placements }: Platform): Judge {
  const byPlace = new Map(
    placements.map((placement) => [placeOf(placement.cluster.name, placement.source), placement]),
  );
  const platforms = new Map<string, readonly KubernetesObject[]>();
  return (manifests) => {
    const [first] = manifests;
    if (first === undefined) return [];
    const { cluster, source } = first.owner;
    const objects = manifests.map(({ object }) => object);
    const placement = byPlace.get(placeOf(cluster, source));
    if (placement === undefined) {
      platforms.set(cluster, objects);
      return [];
    }
    return prove({ placement, objects, platform: platforms.get(cluster) ?? [] }, manifests);
  };
}

/** Runs every proof over one tenant; where nothing is found, all hold. */
export function prove(evidence: Evidence, manifests: readonly Manifest[] = []): Issue[] {
  const paths = new Map(manifests.map(({ object, owner }) => [object, owner.path]));
  const { source, tenant, cluster } = evidence.placement;
  return sortIssues(
    PROOFS.flatMap((proof) =>
      proof.find(evidence).map(({ object, message }): Issue => {
        const path = object === undefined ? undefined : paths.get(object);
        const subject =
          object === undefined
            ? `tenant ${tenant} on ${cluster.name}`
            : `${nameObject(object)}${path === undefined ? '' : ` in dist/${path}`}`;
        return {
          level: 'error',
          rule: proof.rule,
          message: `${subject}: ${message}`,
          hint: `tenantry check --explain ${proof.rule}`,
          source: { file: source, line: 1, column: 1 },
        };
      }),
    ),
  );
}

function placeOf(cluster: string, source: string): string {
  return `${cluster} ${source}`;
}
