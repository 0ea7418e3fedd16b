import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type Issue, sortIssues } from '../../issue';
import { tellMost } from '../../load/whole-file';
import type { Document } from '../../load/yaml';
import { formatPointer } from '../reporter';
import { explain } from './explain';
import { toPointer } from './pointer';
import { settleUnions } from './union';
import { useLinearUniqueItems } from './unique-items';

/** Compiles a JSON schema without $ref. Throws on a keyword that is unknown or misplaced. */
export function compileSchema(schema: object): ValidateFunction {
  const ajv = new Ajv({
    strict: true,
    allErrors: true,
    verbose: true,
    // 0.57 / 0.001 is not whole in binary.
    multipleOfPrecision: 6,
    // Unoptimized code is made in half the time and is as fast for some thousand files.
    code: { regExp: boundedPattern, optimize: false },
  });
  ajv.addVocabulary(['x-pattern-help', 'x-hint']);
  useLinearUniqueItems(ajv);
  return ajv.compile(schema);
}

/** Every way in which a document does not fit a schema, in file order, in words of the file. */
export function checkSchema(document: Document, validate: ValidateFunction): Issue[] {
  if (validate(document.value)) return [];
  const errors = settleUnions(validate.errors ?? []);
  const mistyped = new Set(errors.flatMap((error) => (error.keyword === 'type' ? error.instancePath : [])));
  const telling = errors.filter(
    ({ keyword, instancePath }) => keyword === 'type' || !mistyped.has(instancePath),
  );
  return sortIssues(tellMost(document.file, telling, (error) => toIssue(document, error)));
}

/** Text beyond this length is never matched: patterns with two free parts take square time. */
const LONGEST_MATCH = 4096;

function boundedPattern(pattern: string, flags: string): { test(text: string): boolean; toString(): string } {
  const compiled = new RegExp(pattern, flags);
  return {
    test: (text) => text.length <= LONGEST_MATCH && compiled.test(text),
    // ajv 8.20 tells patterns apart by this text (vocabularies/code, usePattern).
    toString: () => compiled.toString(),
  };
}
boundedPattern.code = 'new RegExp';

function toIssue(document: Document, error: ErrorObject): Issue {
  const place = toPointer(error.instancePath, document.value);
  const { rule, text, hint, below, onKey } = explain(error, document.written(place));
  const pointer = below === undefined ? place : [...place, below];
  const prefix = pointer.length === 0 ? '' : `${formatPointer(pointer)}: `;
  return {
    level: 'error',
    rule,
    message: `${prefix}${text}`,
    source: onKey ? document.keyAt(pointer) : document.at(pointer),
    ...(hint !== undefined && { hint }),
  };
}
