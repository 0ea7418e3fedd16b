import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMap } from '../../../lib/judge/defaults';
import { CURRENT_VERSION, KUBERNETES_VERSIONS } from '../../../lib/judge/version';
import { type Case, writeCases } from './cases';
import { formatScore, score } from './score';

/**
 * Judges every labelled case of a folder with oracle-*.json and oracle-*.jsonl, and prints where we disagree; with
 * --write, commits them in a small form, which the tests read.
 */
const { values } = parseArgs({
  options: { from: { type: 'string' }, write: { type: 'boolean' }, version: { type: 'string' } },
});
if (values.from === undefined) throw new Error('--from DIR names the folder that has oracles/');

const ORACLES: ReadonlyMap<string, string> = new Map([
  ['crd-fuzz-1', 'oracle-crd-fuzz-1.jsonl'],
  ['crd-fuzz-2', 'oracle-crd-fuzz-2.jsonl'],
  ['karpenter', 'oracle-karpenter.json'],
  ['native', 'oracle-native.json'],
]);

const version = KUBERNETES_VERSIONS.find((known) => known === values.version) ?? CURRENT_VERSION;
for (const [name, file] of ORACLES) {
  const cases = parse(readFileSync(join(values.from, 'oracles', file), 'utf8'), file);
  if (values.write) writeCases(name, cases);
  const result = score(name, cases, version);
  process.stdout.write(formatScore(result));
  for (const id of [...result.falseAccepts, ...result.falseRejects]) process.stdout.write(`  ${id}\n`);
}

function parse(text: string, file: string): Case[] {
  if (file.endsWith('.jsonl'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const document: unknown = JSON.parse(text, expand);
  return (isMap(document) ? document.cases : document) as Case[];
}

/** Long texts are written as a character and how many of it. */
function expand(_key: string, value: unknown): unknown {
  if (!isMap(value) || !Array.isArray(value.$repeat)) return value;
  const [character, count] = value.$repeat as [string, number];
  return character.repeat(count);
}
