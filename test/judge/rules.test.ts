import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { isMap } from '../../lib/judge/defaults';
import { judge } from '../../lib/judge/judge';
import { RULES } from '../../lib/judge/rules/rules';
import { CURRENT_VERSION, type KubernetesVersion } from '../../lib/judge/version';
import { loadSchema } from '../../lib/model/schemas';

type Json = Readonly<Record<string, unknown>>;

/** What is changed in the smallest good object of a kind; `old` the same in the object in the cluster. */
interface Case extends Json {
  readonly old?: Json;
  readonly class?: string;
  readonly version?: KubernetesVersion;
}

interface Cases {
  readonly good: readonly Case[];
  readonly bad: readonly Case[];
}

const FOLDER = join(__dirname, 'rules');

function read<T>(file: string): Record<string, T> {
  return load(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, T>;
}

const SKELETONS = read<Json>('skeletons.yaml');
const CASES = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && file !== 'skeletons.yaml')
    .flatMap((file) => Object.entries(read<Cases>(file))),
);

/** Fields of the second over those of the first; null removes one, `{$repeat: n}` is a long text. */
function merge(base: unknown, change: unknown): unknown {
  if (!isMap(change)) return change;
  if (typeof change.$repeat === 'number') return 'a'.repeat(change.$repeat);
  const merged: Record<string, unknown> = { ...(isMap(base) ? base : {}) };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function objectOf(kind: string, change: unknown): unknown {
  const slash = kind.lastIndexOf('/');
  const named = { apiVersion: kind.slice(0, slash), kind: kind.slice(slash + 1) };
  return { ...named, ...(merge(SKELETONS[kind], change) as Json) };
}

/** Rules that find something, each with its class: `labels apiserver`. */
function found({ old, class: _, version = CURRENT_VERSION, ...kinds }: Case): string[] {
  return Object.entries(kinds).flatMap(([kind, change]) => {
    const before = old && objectOf(kind, old);
    const findings = judge(objectOf(kind, change), { schemas: loadSchema, version, old: before });
    return findings.map((finding) => `${finding.rule} ${finding.class}`);
  });
}

describe('every rule', () => {
  it('has cases that pass and cases that fail, and every case has a rule', () => {
    const ids = [...new Set(RULES.map(({ id }) => id))];
    expect(Object.keys(CASES).sort()).toEqual(ids.sort());
    for (const { good, bad } of Object.values(CASES)) {
      expect(good.length).toBeGreaterThan(0);
      expect(bad.length).toBeGreaterThan(0);
    }
    process.stdout.write(`${ids.length} rules about manifests\n`);
  });

  it('stands in a file of its own', () => {
    const folder = join(__dirname, '../../lib/judge/rules');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.includes('/'),
    );
    const ids = files.map((file) => file.slice(file.indexOf('/') + 1).replace('.ts', ''));
    expect(ids.filter((id) => !id.endsWith('rule')).sort()).toEqual(Object.keys(CASES).sort());
  });
});

describe.each(Object.entries(CASES))('%s', (id, { good, bad }) => {
  it.each(good.map((labelled) => [JSON.stringify(labelled).slice(0, 120), labelled] as const))(
    'accepts %s',
    (_, labelled) => {
      expect(found(labelled)).toEqual([]);
    },
  );

  it.each(bad.map((labelled) => [JSON.stringify(labelled).slice(0, 120), labelled] as const))(
    'refuses %s',
    (_, labelled) => {
      expect(found(labelled)).toContain(`${id} ${labelled.class ?? 'apiserver'}`);
    },
  );
});
