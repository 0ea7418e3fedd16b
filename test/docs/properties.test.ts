import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { POLICIES } from '../../charts/platform/admission/policies';
import { PROPERTIES, type Property } from '../../docs/properties';

const ROOT = join(__dirname, '../..');
const ALL = Object.values(PROPERTIES).flat();

const sources = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'))
    .join('\n');
const rules = sources('lib');
const scenarios = sources('e2e/scenarios');

/** Whether what a property is shown by is there. */
const IS_THERE: Readonly<Record<string, (name: string) => boolean>> = {
  check: (name) => rules.includes(`'${name}'`),
  admission: (name) => POLICIES.some((policy) => policy.name === name),
  test: (name) => existsSync(join(ROOT, name)),
  e2e: (name) => scenarios.includes(`name: '${name}'`),
};

const missing = ({ by }: Property) =>
  by.filter((one) => {
    const [sort = '', name = ''] = one.split(':');
    return IS_THERE[sort]?.(name) !== true;
  });

describe('the page of properties', () => {
  it('has each once, in order, and says of each how it is shown or why not', () => {
    expect(ALL.map(({ id }) => id)).toEqual(
      Array.from({ length: 81 }, (_, index) => `P${String(index + 1).padStart(2, '0')}`),
    );
    for (const { id, by, missing: why } of ALL)
      expect([id, by.length > 0 || why !== undefined]).toEqual([id, true]);
  });

  it.each(ALL)('names what is there: $id', (one) => {
    expect(missing(one)).toEqual([]);
  });

  it.each([
    'check:no-such-rule',
    'admission:nothing',
    'test:test/nothing.test.ts',
    'e2e:nothing',
    'rumour:a',
  ])('would be found out: %s', (one) => {
    expect(missing({ id: 'P00', property: '', by: [one] })).toEqual([one]);
  });

  it('has every policy', () => {
    const named = new Set(ALL.flatMap(({ by }) => by));
    // Of the labels of queues and costs no list that we know speaks.
    const absent = POLICIES.filter(({ name }) => !named.has(`admission:${name}`)).map(({ name }) => name);
    expect(absent).toEqual(['labels', 'own-accounts']);
  });
});
