import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { judge } from '../../lib/judge/judge';
import { RULES } from '../../lib/judge/rules/rules';
import { CURRENT_VERSION } from '../../lib/judge/version';
import { loadSchema } from '../../lib/model/schemas';
import { CASES, type Case, objectsOf, UPSTREAM } from './rules/cases';

/** Rules that find something, each with its class: `labels apiserver`. */
function found(labelled: Case): string[] {
  const { version = CURRENT_VERSION } = labelled;
  return objectsOf(labelled).flatMap(([object, old]) =>
    judge(object, { schemas: loadSchema, version, old }).map((finding) => `${finding.rule} ${finding.class}`),
  );
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
    expect(ids.filter((id) => id !== 'cluster-spec').sort()).toEqual(Object.keys(CASES).sort());
  });
});

describe('the rules of operators', () => {
  const RULES_OF = Object.entries(UPSTREAM).flatMap(([operator, functions]) =>
    Object.values(functions).flatMap((rules) =>
      Object.entries(rules).map(([name, answer]) => ({ operator, name, answer })),
    ),
  );
  const isId = (answer: unknown): answer is string => typeof answer === 'string' && /^[a-z-]+$/.test(answer);
  const cases = (wanted: boolean) =>
    RULES_OF.filter(({ answer }) => (typeof answer === 'object') === wanted).map(
      ({ operator, name, answer }) => [operator, name, answer] as const,
    );

  it('that ours repeat are those that the cases of ours break', () => {
    const api = new Set(RULES.filter((rule) => rule.class === 'apiserver').map(({ id }) => id));
    const ours = RULES.filter((rule) => rule.class === 'controller' && !api.has(rule.id)).map(({ id }) => id);
    const broken = ours.flatMap((id) => CASES[id]?.bad.map(({ upstream }) => `${id}: ${upstream}`) ?? []);
    const listed = RULES_OF.filter(({ answer }) => isId(answer)).map(
      ({ name, answer }) => `${answer}: ${name}`,
    );
    expect([...new Set(broken)].sort()).toEqual(listed.sort());
  });

  it.each(cases(true))('%s, %s: its CRD refuses that before', (_operator, _name, answer) => {
    expect(found(answer as Case)).toEqual(expect.arrayContaining([expect.stringMatching(/ apiserver$/)]));
  });

  it('have a reason where nothing of ours repeats them', () => {
    const reasons = RULES_OF.filter(({ answer }) => typeof answer === 'string' && !isId(answer));
    for (const { name, answer } of reasons)
      expect([name, answer]).toEqual([name, expect.stringMatching(/ /)]);
    process.stdout.write(
      `${RULES_OF.length} rules of operators: ${cases(true).length} are in their CRDs, ${reasons.length} have a reason\n`,
    );
  });
});

describe.each(Object.entries(CASES))('%s', (id, { good, bad }) => {
  it.each(good.map((labelled) => [JSON.stringify(labelled).slice(0, 120), labelled] as const))(
    'accepts %s',
    (_, labelled) => {
      // Policies have their own opinion of what the API server accepts.
      expect(found(labelled).filter((text) => !text.endsWith('policy') || text.startsWith(`${id} `))).toEqual(
        [],
      );
    },
  );

  it.each(bad.map((labelled) => [JSON.stringify(labelled).slice(0, 120), labelled] as const))(
    'refuses %s',
    (_, labelled) => {
      expect(found(labelled)).toContain(`${id} ${labelled.class ?? 'apiserver'}`);
    },
  );
});
