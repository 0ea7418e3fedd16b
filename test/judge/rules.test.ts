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
  it('each have a case, or a reason why nobody can break them', () => {
    const controllers = new Set(RULES.filter((rule) => rule.class === 'controller').map(({ id }) => id));
    const pods = new Set(RULES.filter((rule) => rule.class === 'apiserver').map(({ id }) => id));
    for (const [id, { bad }] of Object.entries(CASES)) {
      if (!controllers.has(id) || pods.has(id)) continue;
      for (const { upstream } of bad) expect([id, upstream]).toEqual([id, expect.stringMatching(/./)]);
    }
    for (const reasons of Object.values(UPSTREAM)) {
      for (const reason of Object.values(reasons)) expect(reason).toMatch(/./);
    }
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
