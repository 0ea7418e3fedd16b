import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCustomResource } from '../../lib/import/crd';
import { readKubernetes } from '../../lib/import/kubernetes';
import { withDefaults } from '../../lib/judge/defaults';
import { matches } from '../../lib/judge/pattern';
import { checkSchema } from '../../lib/judge/schema';
import { type KindSchema, refTo, type Schema } from '../../lib/model/schema';
import { loadSchema } from '../../lib/model/schemas';
import { CRD, SWAGGER } from '../import/fixtures';

const { definitions } = readKubernetes(SWAGGER, ['v1/Pod']);
const schema = readCustomResource(CRD, { group: 'farm.example.com', version: 'v1', kind: 'Barn' }, '');
const BARN: KindSchema = { schema, definitions, scope: 'Namespaced' };
const POD: KindSchema = {
  schema: { $ref: refTo('io.k8s.api.core.v1.Pod') },
  definitions,
  scope: 'Namespaced',
};

const barn = () => ({
  apiVersion: 'farm.example.com/v1',
  kind: 'Barn',
  metadata: { name: 'red', labels: { a: 'b' } },
  spec: {
    title: 'hall',
    description: null,
    doors: 2,
    roof: 'tin',
    capacity: '12Gi',
    built: '2026-01-02T03:04:05Z',
    tags: ['a', 'b'],
    labels: { x: 'y' },
    anything: { deep: [null] },
    animals: [{ name: 'ada' }, { name: 'ada', kind: 'goat' }],
    feed: { hay: 1 },
    water: { well: 'north' },
    template: { spec: { containers: [] } },
  },
});

const pod = () => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', managedFields: { any: { thing: 1 } } },
  spec: {
    containers: [
      { name: 'c', cpu: 0.5 },
      { name: 'c', cpu: '1' },
    ],
  },
});

/** A copy with another value at a path; undefined removes the field. */
function change(object: object, path: string, value: unknown): object {
  const copy = structuredClone(object);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((inner, key) => Reflect.get(inner, key), copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

function findings(object: unknown, kind: KindSchema): string[] {
  return checkSchema(object, kind).map(({ pointer, message }) => `${pointer.join('.')}: ${message}`);
}

describe('checkSchema on a custom resource', () => {
  it('finds nothing in a good object', () => {
    expect(findings(barn(), BARN)).toEqual([]);
  });

  it.each<[path: string, value: unknown, finding: string]>([
    ['spec.doors', '2', 'spec.doors: must be integer, not string'],
    ['spec.doors', 1.5, 'spec.doors: must be integer, not number'],
    ['spec.doors', 0, 'spec.doors: must be at least 1'],
    ['spec.doors', 5, 'spec.doors: must be at most 4'],
    ['spec.doors', undefined, 'spec: lacks the required field "doors"'],
    ['spec.doors', null, 'spec: lacks the required field "doors"'],
    ['spec.title', 'HALL', 'spec.title: must match ^[a-z]+$'],
    ['spec.title', 'toolong', 'spec.title: must have at most 5 characters, has 7'],
    ['spec.roof', 'slate', `spec.roof: must be one of "tin", "tha'tch"`],
    ['spec.capacity', 1.5, 'spec.capacity: must be integer or string, not number'],
    ['spec.built', 'yesterday', 'spec.built: must have the format date-time'],
    ['spec.tags', ['a', 'a'], 'spec.tags.1: repeats "a"'],
    ['spec.tags', ['a', 'b', 'c'], 'spec.tags: must have at most 2 items, has 3'],
    ['spec.tags', ['a', null], 'spec.tags.1: must be string, not null'],
    ['spec.labels', { x: 1 }, 'spec.labels.x: must be string, not integer'],
    ['spec.animals', [], ''],
    ['spec.animals', {}, 'spec.animals: must be array, not object'],
    ['spec.animals.0.name', undefined, 'spec.animals.0: lacks the required field "name"'],
    ['spec.animals.1.kind', 'cow', 'spec.animals.1: repeats {"kind":"cow","name":"ada"}'],
    ['spec.animals.1.kind', undefined, 'spec.animals.1: repeats {"kind":"cow","name":"ada"}'],
    ['spec.feed', {}, 'spec.feed: fits 0 of the alternatives (oneOf), not exactly one'],
    ['spec.feed', { hay: 1, corn: 1 }, 'spec.feed: fits 2 of the alternatives (oneOf), not exactly one'],
    ['spec.water', {}, 'spec.water: fits none of the alternatives (anyOf)'],
    ['spec.water', { well: 'a', sea: 'b' }, 'spec.water: has a form that is not allowed (not)'],
    ['spec.colur', 'red', 'spec.colur: unknown field "colur"'],
    ['spec.toString', 'red', 'spec.toString: unknown field "toString"'],
    ['spec.nothing', null, 'spec.nothing: unknown field "nothing"'],
    ['spec', 1, 'spec: must be object, not integer'],
    ['spec', undefined, ': lacks the required field "spec"'],
    ['metadata.label', {}, 'metadata.label: unknown field "label"'],
    ['metadata.labels.a', 1, 'metadata.labels.a: must be string, not integer'],
    ['specs', {}, 'specs: unknown field "specs"'],
  ])('judges %s = %j', (path, value, finding) => {
    expect(findings(change(barn(), path, value), BARN)).toEqual(finding === '' ? [] : [finding]);
  });

  it.each<[path: string, value: unknown]>([
    ['spec.capacity', 3],
    ['spec.roof', null],
    ['spec.description', undefined],
    ['spec.anything', { a: { b: 1 } }],
    ['spec.doors', 4],
    ['spec.title', 'a'],
    ['metadata.creationTimestamp', undefined],
    ['metadata.labels', null],
  ])('accepts %s = %j', (path, value) => {
    expect(findings(change(barn(), path, value), BARN)).toEqual([]);
  });

  it('finds everything at once', () => {
    const twice = change(change(barn(), 'spec.doors', 0), 'spec.x', 1);
    expect(findings(twice, BARN)).toEqual(['spec.doors: must be at least 1', 'spec.x: unknown field "x"']);
  });

  it('sees a key called __proto__', () => {
    expect(
      findings(JSON.parse('{"spec": {"title": "a", "doors": 1, "animals": [], "__proto__": {}}}'), BARN),
    ).toEqual(['spec.__proto__: unknown field "__proto__"']);
  });
});

describe('checkSchema by keyword', () => {
  it.each<[keywords: Schema, good: unknown, bad: unknown, message: string]>([
    [{ minLength: 2 }, '\u{1F40E}\u{1F40E}', '\u{1F40E}', 'must have at least 2 characters, has 1'],
    [{ type: 'string', format: 'byte' }, 'aGF5', 'h-y', 'must have the format byte'],
    [{ type: 'number', exclusiveMinimum: true, minimum: 1 }, 1.1, 1, 'must be more than 1'],
    [{ type: 'number', exclusiveMaximum: true, maximum: 1 }, 0, 1, 'must be less than 1'],
    [{ multipleOf: 3 }, 9, 10, 'must be a multiple of 3'],
    [{ minItems: 1 }, [1], [], 'must have at least 1 items, has 0'],
    [{ minProperties: 1, additionalProperties: true }, { a: 1 }, {}, 'must have at least 1 fields, has 0'],
    [
      { maxProperties: 1, additionalProperties: true },
      {},
      { a: 1, b: 2 },
      'must have at most 1 fields, has 2',
    ],
    [
      { enum: [{ a: 1, b: 2 }], additionalProperties: true },
      { b: 2, a: 1 },
      {},
      'must be one of {"a":1,"b":2}',
    ],
    [{ allOf: [{ maximum: 3 }, { minimum: 1 }] }, 2, 4, 'must be at most 3'],
    [
      {
        type: 'object',
        properties: { x: { type: 'integer', nullable: true } },
        allOf: [{ properties: { x: { enum: [1] } } }],
      },
      { x: null },
      { x: 2 },
      'must be one of 1',
    ],
    [{ type: 'boolean' }, false, 'false', 'must be boolean, not string'],
    [{ type: 'array' }, [null], null, 'lacks the required field "field"'],
    [
      { type: 'array', items: { type: 'string', nullable: true } },
      [null],
      [1],
      'must be string, not integer',
    ],
  ])('%j', (keywords, good, bad, message) => {
    const kind: KindSchema = {
      schema: { properties: { field: keywords }, required: ['field'] },
      definitions,
      scope: 'Cluster',
    };
    expect(checkSchema({ field: good }, kind)).toEqual([]);
    expect(checkSchema({ field: bad }, kind).map((finding) => finding.message)).toEqual([message]);
  });
});

describe('checkSchema on a kind of Kubernetes', () => {
  it('finds nothing in a good object, not even equal list keys', () => {
    expect(findings(pod(), POD)).toEqual([]);
  });

  it.each<[path: string, value: unknown, finding: string]>([
    ['spec.containers.0.cpu', true, 'spec.containers.0.cpu: must be a quantity such as "500m" or "4Gi"'],
    ['spec.containers.0.image', 'a', 'spec.containers.0.image: unknown field "image"'],
    ['spec.containers.1.name', undefined, 'spec.containers.1: lacks the required field "name"'],
    ['spec.containers', null, 'spec: lacks the required field "containers"'],
    ['metadata.labels', [], 'metadata.labels: must be object, not array'],
  ])('judges %s = %j', (path, value, finding) => {
    expect(findings(change(pod(), path, value), POD)).toEqual([finding]);
  });
});

describe('checkSchema on anything', () => {
  const kinds = ['ray.io/v1 RayCluster', 'v1 Pod', 'apiextensions.k8s.io/v1 CustomResourceDefinition'].map(
    (text) => {
      const [apiVersion = '', kind = ''] = text.split(' ');
      const found = loadSchema(apiVersion, kind);
      if (found === undefined) throw new Error(`no schema of ${text}`);
      return found;
    },
  );

  it('never throws, and accepts only maps', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...kinds), (value, kind) => {
        const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
        for (const object of [value, { spec: value }]) checkSchema(object, kind);
        return isMap || checkSchema(value, kind).length > 0;
      }),
    );
  });

  it('does not change what it judges', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(...kinds), (value, kind) => {
        const before = JSON.stringify(value);
        checkSchema({ spec: value }, kind);
        return JSON.stringify(value) === before;
      }),
    );
  });
});

describe('withDefaults', () => {
  it('fills defaults, drops nulls that may not stand, keeps the others', () => {
    const spec = {
      properties: {
        a: { default: { b: null }, properties: { b: { default: 1 } } },
        n: { nullable: true },
        z: {},
      },
    };
    expect(withDefaults(spec, { n: null, z: null, unknown: null }, {})).toEqual({
      a: { b: 1 },
      n: null,
      unknown: null,
    });
    expect(withDefaults(spec, { a: null }, {})).toEqual({ a: { b: 1 } });
    expect(withDefaults({ properties: { n: { nullable: true, default: 1 } } }, { n: null }, {})).toEqual({
      n: null,
    });
    expect(withDefaults({ items: spec }, [{ a: {} }, 1], {})).toEqual([{ a: { b: 1 } }, 1]);
  });
});

describe('matches', () => {
  it('understands flags inside a pattern', () => {
    expect(matches('^(?i)[a-z]+$', 'ABC')).toBe(true);
    expect(matches('^[a-z]+$', 'ABC')).toBe(false);
  });

  it('answers in linear time where backtracking would not end', () => {
    expect(matches('^((.+)\\s(.+)\\s(.+)\\s(.+)\\s(.+))$', `${' '.repeat(2000)}\n`)).toBe(false);
    expect(matches('^(a+)+$', `${'a'.repeat(5000)}!`)).toBe(false);
  });
});
