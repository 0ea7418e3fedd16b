import { judge } from '../../lib/judge/judge';
import { checkSchema } from '../../lib/judge/schema';
import { CURRENT_VERSION } from '../../lib/judge/version';
import { loadSchema } from '../../lib/model/schemas';
import { CASES, objectsOf, skeletons } from '../../test/judge/rules/cases';
import type { Reference } from '../api';
import { mutants } from '../mutants';
import { assert, type Scenario, type Stage } from '../scenario';

/** Why an object would be refused; nothing where it would be accepted. */
type Verdict = (object: Reference) => readonly string[];

const SEED = 20261125;
const MUTANTS = 500;

/** A namespace that no quota and no policy is about. */
export const NAMESPACE = 'validate-agrees';

/**
 * What only a whole type checker of CEL finds in an expression: wrong types, functions that are not there, and anything
 * in the literals of mutations. Names that are not declared are ours to find.
 */
function isLeftToCel(message: string): boolean {
  return (
    /compilation failed|must evaluate to/.test(message) &&
    !/undeclared reference|undefined field/.test(message)
  );
}

/** The API server and `tenantry validate --class apiserver` say the same about every object. */
export const validateAgrees: Scenario = {
  name: 'validate-agrees',
  says: 'tenantry validate and the API server agree on dist/, on the cases of every rule and on 500 mutants of both',
  once: true,
  run: (stage) => agree(stage, (object) => ours(object)),
  twins: {
    'a judge that accepts everything': (stage) => agree(stage, () => []),
    'a judge without what OpenAPI and CEL cannot say': (stage) => agree(stage, schemaOnly),
    'a judge that refuses RayClusters': (stage) =>
      agree(stage, (object) => (object.kind === 'RayCluster' ? ['no'] : ours(object))),
  },
};

/** What `tenantry validate --class apiserver` refuses; with the object in the cluster, as an update. */
export function ours(object: Reference, old?: Reference): string[] {
  return judge(object, { schemas: loadSchema, version: CURRENT_VERSION, old })
    .filter((finding) => finding.class === 'apiserver' && finding.level !== 'warning')
    .map(({ rule, pointer, message }) => `${rule} ${pointer.join('.')}: ${message}`);
}

function schemaOnly(object: Reference): string[] {
  const kind = loadSchema(object.apiVersion, object.kind);
  return kind === undefined ? [] : checkSchema(object, kind).map(({ message }) => message);
}

async function agree(stage: Stage, verdict: Verdict): Promise<void> {
  const { api, documents } = stage;
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const rendered = documents.map(({ object }) => object);
  const cases = casesOfRules();
  const seeds = [...onePerKind([...rendered].reverse()), ...(skeletons() as Reference[])];
  const objects = [...rendered, ...cases, ...mutants(seeds, MUTANTS, SEED)].map(moved);
  const disagreements: string[] = [];
  let refused = 0;
  let admission = 0;
  let cel = 0;
  for (const object of objects) {
    const { status, body } = await api.tryCreate(object);
    // Admission is about the state of the cluster, not about the object: quotas, parents, policies.
    if (status === 403 || status === 404) {
      admission++;
      continue;
    }
    // It is there already: that is found out last.
    const theirs = status < 300 || status === 409 ? undefined : `${status} ${body.message}`;
    const reasons = verdict(object);
    if (theirs !== undefined) refused++;
    if ((theirs === undefined) === (reasons.length === 0)) continue;
    if (theirs !== undefined && isLeftToCel(theirs)) {
      cel++;
      continue;
    }
    disagreements.push(
      `${JSON.stringify(object)}\n  server: ${theirs ?? 'accepts'}\n  ours: ${reasons[0] ?? 'accepts'}`,
    );
  }
  stage.note(
    `${objects.length} objects, ${refused} refused by the API server, ${disagreements.length} disagreements, ${admission} left to admission, ${cel} left to the server's type checker of CEL`,
  );
  assert(disagreements.length === 0, `${disagreements.length} disagreements:\n${disagreements.join('\n')}`);
}

/** Objects without an old one: what is made, not changed. */
function casesOfRules(): Reference[] {
  return Object.values(CASES).flatMap(({ good, bad }) =>
    [...good, ...bad]
      .filter(({ version }) => version === undefined)
      .flatMap(objectsOf)
      .flatMap(([object, old]) => (old === undefined ? [object as Reference] : [])),
  );
}

function onePerKind(objects: readonly Reference[]): Reference[] {
  return [...new Map(objects.map((object) => [`${object.apiVersion}/${object.kind}`, object])).values()];
}

/** The same object in the namespace of this scenario. */
export function moved(object: Reference): Reference {
  const { namespace } = object.metadata ?? {};
  if (namespace === undefined || object.kind === 'Namespace') return object;
  return { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };
}
