import type { LoadSchema } from '../model/schemas';
import { isMap } from './defaults';
import type { Finding } from './finding';
import type { Circumstances } from './rules/rule';
import { rulesFor } from './rules/rules';
import { checkCompleted, complete } from './schema';
import { CURRENT_VERSION, type KubernetesVersion } from './version';

/** How to judge. */
export interface Judging extends Circumstances {
  /** Kinds that are known. */
  readonly schemas: LoadSchema;
  /** Says nothing about kinds that are not known. */
  readonly ignoreUnknown?: boolean;
}

/** All that can be said against one Kubernetes object. */
export function judge(object: unknown, judging: Judging): Finding[] {
  if (!isMap(object)) return [refusal('object', 'must be an object')];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || apiVersion === '') return [refusal('object', 'lacks apiVersion')];
  if (typeof kind !== 'string' || kind === '') return [refusal('object', 'lacks kind')];
  const known = judging.schemas(apiVersion, kind);
  if (known === undefined) {
    return judging.ignoreUnknown ? [] : [refusal('unknown-kind', `no kind ${kind} in ${apiVersion}`, 'kind')];
  }
  const completed = complete(object, known);
  const findings = checkCompleted(completed, known, judging.old);
  if (known.scope === 'Cluster' && isMap(object.metadata) && object.metadata.namespace) {
    findings.push(misplaced(kind, judging.version));
  }
  // Rules rely on the shape.
  if (findings.every(({ rule }) => rule === 'unknown-field' || rule === 'scope' || rule === 'cel')) {
    applyRules(completed as object, `${apiVersion}/${kind}`, judging, findings);
  }
  return findings;
}

/**
 * Validation in the API server refuses a namespace on a kind without one, but the server has taken it away before
 * (k8s.io/apiserver v0.36.1, pkg/registry/rest/meta.go). For versions before 1.36 there are labels of the validation
 * code alone, and these are followed.
 */
function misplaced(kind: string, version: KubernetesVersion): Finding {
  return {
    ...refusal('scope', `objects of kind ${kind} have no namespace`),
    pointer: ['metadata', 'namespace'],
    class: version === CURRENT_VERSION ? 'policy' : 'apiserver',
  };
}

function applyRules(object: object, kind: string, judging: Judging, findings: Finding[]): void {
  for (const rule of rulesFor(kind)) {
    rule.check(
      object as never,
      (pointer, message) => {
        const { id, class: judge, level, hint } = rule;
        findings.push({
          pointer,
          message,
          rule: id,
          class: judge,
          ...(level && { level }),
          ...(hint && { hint }),
        });
      },
      judging,
    );
  }
}

function refusal(rule: string, message: string, key?: string): Finding {
  return { pointer: key === undefined ? [] : [key], message, rule, class: 'apiserver' };
}
