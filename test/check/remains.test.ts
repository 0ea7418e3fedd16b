import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { load as parse } from 'js-yaml';
import { SURE } from '../../lib/check/reporter';
import { type Fields, inputs, load } from '../support/inputs';

const RED = 'tenants/red.yaml';

const rulesOf = (fields: Fields) => load({ [RED]: fields }).issues.map(({ rule }) => rule);

describe('the rest of a tenant file that does not fit its schema', () => {
  it.each<[string, Fields, string[]]>([
    ['a field too much', { 'spec.colour': 'red' }, ['unknown-field']],
    ['a missing amount', { 'spec.quota.cpu': undefined }, ['missing-field']],
    ['an item of a list', { 'spec.ray.clusters.0.name': 7 }, ['wrong-type']],
    ['the wrong kind', { kind: 'Team' }, ['not-allowed']],
  ])('is checked beside %s', (_, broken, rules) => {
    expect(rulesOf(broken)).toEqual(rules);
    const both = rulesOf({ ...broken, 'spec.datasets': ['nowhere'], 'spec.members.users': ['ada'] });
    expect(both.sort()).toEqual([...rules, 'unknown-reference', 'duplicate-member'].sort());
  });

  it('says nothing that depends on what is broken', () => {
    const broken = { 'spec.quota.gpus.l4': 'many', 'spec.ray.clusters.0.workers.1.gpu': 7 };
    expect(rulesOf(broken)).toEqual(['wrong-type', 'wrong-type']);
  });

  it('is not checked where nobody knows whose it is', () => {
    const broken = { 'metadata.name': 'RED', 'spec.datasets': ['nowhere'] };
    expect(rulesOf(broken)).not.toContain('unknown-reference');
  });

  it('is checked whole where it fits the schema, but not its name', () => {
    const wrong = { 'spec.ray.clusters.0.workers.0': { name: 'cpu', gpus: 1, max: 1 } };
    const { issues } = load({
      [RED]: null,
      'tenants/green.yaml': String(inputs({ [RED]: wrong })[RED]),
    });
    expect(issues.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['file-name', 'gpu-without-type', 'worker-size']),
    );
  });
});

const paths = pathsOf(parse(String(inputs()[RED])));
const junk = fc.constantFrom<unknown>('?', -1, null, [], {}, [{}], { a: 1 }, undefined);

describe('one or more broken fields of a sound file', () => {
  it('give findings at these fields only', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 }),
        junk,
        (where, value) => {
          fc.pre(!where.some((path) => where.some((other) => other.startsWith(`${path}.`))));
          const { issues } = load({ [RED]: Object.fromEntries(where.map((path) => [path, value])) });
          const fields = where.map((path) => path.replaceAll(/\.(\d+)/g, '[$1]'));
          const elsewhere = issues.filter(
            ({ rule, message }) => SURE.has(rule) && !fields.some((field) => message.startsWith(field)),
          );
          const broken = issues.some(({ rule }) => !SURE.has(rule));
          expect(broken ? elsewhere.map(({ message }) => message) : []).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Paths of all fields; of lists too, but not of their items. */
function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, path === '' ? key : `${path}.${key}`),
  );
  return path === '' ? below : [path, ...below];
}
