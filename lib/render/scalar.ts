import { dump, SCALAR_STYLE, type ScalarLayout } from 'js-yaml';

// Readers disagree about digits, signs and dots in front (0O17, 1_000, +.5, 12:30:45): such text is quoted.
const PLAIN = /^[A-Za-z_/$](?:[!-"$-9;-~]|:(?=[!-~])| (?=[!-~]))*$/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

// go-yaml v2 takes U+0085, U+2028 and U+2029 for line breaks and refuses other control characters.
const INVISIBLE = /(?![\t\n])\p{Cc}|[\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u00a0\ufeff]/u;
const DOUBTFUL_BLANKS = /^\s|[ \t](?:\n|$)|\n\n$/;

/** Text on one line: plain only what nobody can take for anything else; js-yaml alone leaves `0O17` and `0X1f` bare. */
export function inlineText(text: string): string {
  return PLAIN.test(text) && !WORD.test(text) ? text : quoted(text);
}

/** Several lines without blanks at doubtful places and without characters that an editor hides. */
export function isSafeBlock(text: string): boolean {
  return text.includes('\n') && !DOUBTFUL_BLANKS.test(text) && !INVISIBLE.test(text);
}

const QUOTED = new Map<string, string>();
const CACHED_LENGTH = 80;
const CACHED_TEXTS = 10_000;

/** Double-quoted text. Sizes and durations come again and again. */
function quoted(text: string): string {
  const known = QUOTED.get(text);
  if (known !== undefined) return known;
  const result = dump(text, { scalarStyleRules: [quote] }).slice(0, -1);
  if (text.length <= CACHED_LENGTH && QUOTED.size < CACHED_TEXTS) QUOTED.set(text, result);
  return result;
}

function quote(layout: ScalarLayout): void {
  layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
