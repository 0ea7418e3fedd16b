import { judge } from '../../../lib/judge/judge';
import { CURRENT_VERSION, type KubernetesVersion } from '../../../lib/judge/version';
import { readObjects } from '../../../lib/load/kubernetes/read';
import { loadSchema } from '../../../lib/model/schemas';
import type { Case } from './cases';

/** How far our verdicts and labels agree. */
export interface Score {
  readonly name: string;
  readonly cases: number;
  readonly agreed: number;
  /** Ids of what we accept and the API server refuses. */
  readonly falseAccepts: readonly string[];
  /** Ids of what we refuse and the API server accepts, with our reason. */
  readonly falseRejects: readonly string[];
}

/** Judges every case as the API server would. */
export function score(
  name: string,
  cases: readonly Case[],
  version: KubernetesVersion = CURRENT_VERSION,
): Score {
  const falseAccepts: string[] = [];
  const falseRejects: string[] = [];
  for (const labelled of cases) {
    const [reason] = reasons(labelled, version);
    if (reason === undefined && labelled.expect === 'reject') falseAccepts.push(labelled.id);
    if (reason !== undefined && labelled.expect === 'accept') falseRejects.push(`${labelled.id}: ${reason}`);
  }
  const agreed = cases.length - falseAccepts.length - falseRejects.length;
  return { name, cases: cases.length, agreed, falseAccepts, falseRejects };
}

/** The score as one line. */
export function formatScore({ name, cases, agreed, falseAccepts, falseRejects }: Score): string {
  const percent = ((100 * agreed) / cases).toFixed(2);
  return `${name}: ${agreed} of ${cases} (${percent} %), ${falseAccepts.length} false accepts, ${falseRejects.length} false rejects\n`;
}

/** Why the API server refuses a case, as we see it; nothing when it accepts. */
function reasons({ object, old, raw }: Case, version: KubernetesVersion): string[] {
  if (raw === undefined) return refusals(object, version, old);
  return [...readObjects('case.yaml', Buffer.from(raw))].flatMap(({ value, issues }) => [
    ...issues.map(({ message }) => message),
    ...(value === undefined ? [] : refusals(value, version)),
  ]);
}

function refusals(object: unknown, version: KubernetesVersion, old?: unknown): string[] {
  return judge(object, { schemas: loadSchema, version, old })
    .filter((finding) => finding.class === 'apiserver' && finding.level !== 'warning')
    .map(({ pointer, message }) => `${pointer.join('.')}: ${message}`);
}
