import { formatPointer } from '../check/reporter';
import type { Issue, IssueClass, ObjectName, Source } from '../issue';
import { isMap } from '../judge/defaults';
import type { Finding } from '../judge/finding';
import { type Judging, judge } from '../judge/judge';
import type { KubernetesDocument } from '../load/kubernetes/document';
import { objectsOf } from './inputs';

/** What to judge and how. */
export interface Validation extends Omit<Judging, 'old'> {
  readonly files: readonly string[];
  readonly classes: ReadonlySet<IssueClass>;
  /** Files with the objects as they are in the cluster. */
  readonly old: readonly string[];
}

/** Every finding about the objects of the files, and how many objects there are. */
export function validate(validation: Validation): { objects: number; issues: Issue[] } {
  const before = oldObjects(validation.old);
  const issues: Issue[] = [];
  let objects = 0;
  for (const file of validation.files) {
    for (const document of objectsOf(file)) {
      objects++;
      issues.push(...judgeDocument(document, validation, before));
    }
  }
  return {
    objects,
    issues: issues.filter(({ class: judge }) => validation.classes.has(judge ?? 'apiserver')),
  };
}

function judgeDocument(
  { value, issues, at }: KubernetesDocument,
  validation: Validation,
  before: ReadonlyMap<string, unknown>,
): Issue[] {
  const object = nameOf(value);
  const told = issues.map((issue) => ({ ...issue, object, pointer: [] }));
  if (value === undefined) return told;
  const old = before.get(identityOf(object));
  const findings = judge(value, { ...validation, old });
  return [...told, ...findings.map((finding) => toIssue(finding, object, at))];
}

function toIssue(finding: Finding, object: ObjectName, at: KubernetesDocument['at']): Issue {
  const { pointer, message, rule, hint, class: judge, level = 'error' } = finding;
  const source: Source = at(pointer, rule === 'unknown-field' ? 'key' : undefined);
  const place = pointer.length === 0 ? '' : `${formatPointer(pointer)}: `;
  return {
    level,
    class: judge,
    rule,
    message: `${place}${message}`,
    source,
    object,
    pointer,
    ...(hint !== undefined && { hint }),
  };
}

function oldObjects(files: readonly string[]): Map<string, unknown> {
  const objects = new Map<string, unknown>();
  for (const file of files) {
    for (const { value } of objectsOf(file)) objects.set(identityOf(nameOf(value)), value);
  }
  return objects;
}

/** The version is no part of the identity: an object may be written in another one. */
function identityOf({ apiVersion, kind, namespace, name }: ObjectName): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return JSON.stringify([group, kind, namespace, name]);
}

function nameOf(value: unknown): ObjectName {
  const { apiVersion, kind, metadata } = isMap(value) ? value : {};
  const { namespace, name } = isMap(metadata) ? metadata : {};
  const text = (field: unknown) => (typeof field === 'string' ? field : '');
  return { apiVersion: text(apiVersion), kind: text(kind), namespace: text(namespace), name: text(name) };
}
