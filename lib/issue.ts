/** A path inside a document: keys and list indexes from the root. */
export type Pointer = readonly (string | number)[];

/** A place in a file; line and column count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In a file of Kubernetes objects: the number of the object, from 0. */
  readonly document?: number;
}

/**
 * Who objects to a Kubernetes object: `apiserver` refuses it; a `controller` refuses or ignores it later; by `policy`
 * nobody does, and it must not be.
 */
export type IssueClass = 'apiserver' | 'controller' | 'policy';

/** What tells a Kubernetes object from others; a part that it lacks is empty. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One finding about an input file or a rendered object. Findings are collected, never thrown. */
export interface Issue {
  readonly level: 'error' | 'warning';
  /** Of findings about a Kubernetes object only. */
  readonly class?: IssueClass;
  /** Id of the rule that found it, in kebab case: what a user searches the docs for. */
  readonly rule: string;
  readonly message: string;
  readonly source?: Source;
  /** How to mend it, as one sentence. */
  readonly hint?: string;
  /** The Kubernetes object that it is about. */
  readonly object?: ObjectName;
  /** The value inside that object. */
  readonly pointer?: Pointer;
}

/** Issues in the order a reader walks through files: by file, line, column, then text. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  return [...issues].sort(
    (a, b) =>
      compare(a.source?.file ?? '', b.source?.file ?? '') ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
      compare(a.message, b.message),
  );
}

/** Order by code unit, the same on every machine and locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
