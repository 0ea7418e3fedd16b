import { formatPointer } from '../check/reporter';
import type { Issue } from '../issue';
import type { Finding } from '../judge/finding';
import { judge } from '../judge/judge';
import { CURRENT_VERSION } from '../judge/version';
import { loadSchema } from '../model/schemas';
import { nameObject } from '../render/identity';
import type { KubernetesObject } from '../render/manifest';
import type { Plan } from '../render/plan';
import { changesOf } from './changes';

/** Errors for changes that the API server refuses, though it would take the object as it is now from the start. */
export function refusedUpdates(plan: Pick<Plan, 'old' | 'write'>): Issue[] {
  return changesOf(plan).flatMap(({ path, old, now }) =>
    now === undefined ? [] : transitions(old, now).map((finding) => toIssue(finding, now, path)),
  );
}

function transitions(old: KubernetesObject, now: KubernetesObject): Finding[] {
  const judging = { schemas: loadSchema, version: CURRENT_VERSION };
  const anyway = new Set(judge(now, judging).map(keyOf));
  return judge(now, { ...judging, old }).filter((finding) => !anyway.has(keyOf(finding)));
}

function keyOf({ rule, pointer, message }: Finding): string {
  return JSON.stringify([rule, pointer, message]);
}

function toIssue({ pointer, message }: Finding, object: KubernetesObject, path: string): Issue {
  return {
    level: 'error',
    class: 'apiserver',
    rule: 'refused-update',
    message: `${nameObject(object)} in dist/${path}: ${formatPointer(pointer)} ${message}`,
    hint: 'the API server refuses the change of an object that is there: keep it, or give the new one another name',
  };
}
