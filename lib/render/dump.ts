import {
  boolCoreTag,
  type Document,
  floatCoreTag,
  intCoreTag,
  jsToAst,
  type PresenterOptions,
  present,
  realMapTag,
  SCALAR_STYLE,
  type ScalarLayout,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';
import { canonical } from './canonical';
import { nameObject } from './identity';
import type { KubernetesObject } from './manifest';

// Readers disagree about digits, signs and dots in front (0O17, 1_000, +.5, 12:30:45): such text is quoted.
const PLAIN = /^[A-Za-z_/$](?:[!-"$-9;-~]|:(?=[!-~])| (?=[!-~]))*$/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

// go-yaml v2 takes U+0085, U+2028 and U+2029 for line breaks and refuses other control characters.
const INVISIBLE = /(?![\t\n])\p{Cc}|[\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u00a0\ufeff]/u;
const DOUBTFUL_BLANKS = /^\s|[ \t](?:\n|$)|\n\n$/;

const SCHEMA = new Schema([strTag, seqTag, realMapTag, boolCoreTag, intCoreTag, floatCoreTag]);
const OPTIONS: PresenterOptions = { schema: SCHEMA, scalarStyleRules: [chooseStyle] };

/**
 * YAML text that every reader takes for the same value. Equal values have equal bytes: keys are in canonical
 * order. Throws for what a manifest cannot hold (see canonical): a mistake of ours.
 */
export function dumpText(value: unknown): string {
  return present(toDocuments(value), OPTIONS);
}

/** An object as YAML text; an Error names the object too. */
export function dumpObject(object: KubernetesObject): string {
  return present(objectDocuments(object), OPTIONS);
}

/** A file: the header, then each object as a document of its own. */
export function dumpFile(objects: readonly KubernetesObject[], header: string): string {
  // No `---` after the header: Kubernetes' decoder would read an object `null` before it.
  return `${header}\n${present(objects.flatMap(objectDocuments), OPTIONS)}`;
}

function toDocuments(value: unknown): Document[] {
  return jsToAst(canonical(value), SCHEMA, { noRefs: true });
}

function objectDocuments(object: KubernetesObject): Document[] {
  try {
    return toDocuments(object);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${nameObject(object)}: ${message}`, { cause: error });
  }
}

/** Plain only what nobody can take for anything else; the default schemas leave `0O17` and `0X1f` bare. */
function chooseStyle(layout: ScalarLayout): void {
  const { node, isKey } = layout;
  if (node.tag !== strTag.tagName) return;
  if (PLAIN.test(node.value) && !WORD.test(node.value)) layout.style = SCALAR_STYLE.PLAIN;
  else if (!isKey && isSafeBlock(node.value)) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
  else layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Several lines without blanks at doubtful places and without characters that an editor hides. */
function isSafeBlock(text: string): boolean {
  return text.includes('\n') && !DOUBTFUL_BLANKS.test(text) && !INVISIBLE.test(text);
}
