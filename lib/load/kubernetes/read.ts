import type { Pointer, Source } from '../../issue';
import { decodeIssue } from './decode-issue';
import type { KubernetesDocument } from './document';
import { jsonLines, readJson } from './json';
import { readYaml, yamlParts } from './yaml';

/**
 * The Kubernetes objects of a file in their order: documents of `.yaml`, the object, array or List of `.json`, lines
 * of `.jsonl`. The text decides where the name does not say.
 */
export function* readObjects(file: string, bytes: Uint8Array): Generator<KubernetesDocument> {
  const text = decodeText(bytes);
  if (text === undefined) {
    const source = { file, line: 1, column: 1, document: 0 };
    yield { issues: [decodeIssue('file is not UTF-8', source)], at: () => source };
    return;
  }
  let index = 0;
  for (const document of documentsOf(file, text)) {
    for (const object of expand(document)) yield numbered(object, index++);
  }
}

function* documentsOf(file: string, text: string): Generator<KubernetesDocument> {
  if (isLines(file, text)) for (const part of jsonLines(file, text)) yield readJson(part);
  else if (isJson(file, text)) yield readJson({ file, text, line: 0 });
  else {
    for (const part of yamlParts(file, text)) {
      const document = readYaml(part);
      if (document !== undefined) yield document;
    }
  }
}

function isJson(file: string, text: string): boolean {
  if (/\.ya?ml$/.test(file)) return false;
  return file.endsWith('.json') || /^\s*[[{]/.test(text);
}

/** Several lines that are JSON objects each: no single JSON value looks like that. */
function isLines(file: string, text: string): boolean {
  if (/\.(jsonl|ndjson)$/.test(file)) return true;
  return isJson(file, text) && !file.endsWith('.json') && /^\s*\{.*\}[ \t\r]*\n\s*\{/.test(text);
}

/** The objects of a List or an array; issues of the text stay with the first. */
function* expand(document: KubernetesDocument): Generator<KubernetesDocument> {
  const { value } = document;
  const [items, path]: [readonly unknown[] | undefined, Pointer] = Array.isArray(value)
    ? [value, []]
    : [listItems(value), ['items']];
  if (items === undefined) {
    yield document;
    return;
  }
  let { issues } = document;
  for (const [index, item] of items.entries()) {
    yield* expand({ value: item, issues, at: below(document, [...path, index]) });
    issues = [];
  }
  if (issues.length > 0) yield { issues, at: document.at };
}

/** `v1/List`, and lists of one kind such as `v1/ConfigMapList`. */
function listItems(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : undefined;
}

function below({ at }: KubernetesDocument, path: Pointer): KubernetesDocument['at'] {
  return (pointer, key) => at([...path, ...pointer], key);
}

function numbered({ issues, at, ...rest }: KubernetesDocument, index: number): KubernetesDocument {
  const number = (source: Source): Source => ({ ...source, document: index });
  return {
    ...rest,
    issues: issues.map((issue) => (issue.source ? { ...issue, source: number(issue.source) } : issue)),
    at: (pointer, key) => number(at(pointer, key)),
  };
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
