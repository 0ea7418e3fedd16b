import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { checkSchema, compileSchema } from '../../lib/check/schema/schema';
import type { Issue } from '../../lib/issue';
import { type Document, parseDocument } from '../../lib/load/yaml';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z]+$', maxLength: 8, 'x-pattern-help': 'a name of small letters' });
const Size = Type.String({ pattern: '^[1-9][0-9]*Gi$', 'x-pattern-help': 'a size such as 256Gi' });
const Count = Type.Integer({ minimum: 0, maximum: 8 });
const Budget = Type.Object({ interactive: Count, jobs: Type.Optional(Count) }, closed);
const Worker = Type.Object({ name: Name, max: Type.Optional(Count) }, closed);
const CpuPool = Type.Object({ kind: Type.Literal('cpu'), families: Type.Array(Name) }, closed);
const GpuPool = Type.Object({ kind: Type.Literal('gpu'), gpu: Name, limit: Count }, closed);

const schema = Type.Object(
  {
    kind: Type.Optional(Type.Literal('Tenant')),
    name: Type.Optional(Name),
    target: Type.Optional(Type.Union([Size, Name])),
    labels: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z/~]+$' }), Count, closed)),
    size: Type.Optional(Size),
    version: Type.Optional(Type.Unsafe({ type: 'string', enum: ['1.35', '1.36'] })),
    cost: Type.Optional(Type.String({ minLength: 2, 'x-hint': 'ask your controller' })),
    cores: Type.Optional(Type.Number({ exclusiveMinimum: 0, multipleOf: 0.001 })),
    on: Type.Optional(Type.Boolean()),
    egress: Type.Optional(Type.Union([Type.Literal('internet'), Type.Literal('none')])),
    quota: Type.Optional(
      Type.Object({ owner: Name, gpus: Type.Optional(Count), cpu: Type.Optional(Count) }, closed),
    ),
    budget: Type.Optional(Type.Union([Count, Budget])),
    readers: Type.Optional(Type.Union([Type.Literal('all'), Type.Array(Name, { minItems: 1 })])),
    reach: Type.Optional(Type.Union([Type.Literal('none'), Size])),
    users: Type.Optional(Type.Array(Name, { uniqueItems: true, minItems: 1, maxItems: 3 })),
    workers: Type.Optional(Type.Array(Worker, { uniqueItems: true })),
    pools: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.Union([CpuPool, GpuPool]), {
        ...closed,
        minProperties: 1,
      }),
    ),
    env: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z_]+$' }), Type.String(), {
        ...closed,
        'x-pattern-help': 'a variable name in capitals',
      }),
    ),
  },
  closed,
);
const validate = compileSchema(schema);

function documentOf(text: string): Document {
  const { document } = parseDocument('t.yaml', Buffer.from(text));
  if (!document) throw new Error(`not readable: ${text}`);
  return document;
}

function check(text: string): Issue[] {
  return checkSchema(documentOf(text), validate);
}

/** Issues as `line:column rule message | hint`. */
function findings(text: string): string[] {
  return check(text).map(
    ({ source, rule, message, hint }) =>
      `${source?.line}:${source?.column} ${rule} ${message} | ${hint ?? ''}`,
  );
}

describe('compileSchema', () => {
  it('refuses a keyword that it does not know', () => {
    expect(() => compileSchema({ type: 'object', requierd: ['a'] })).toThrow('requierd');
  });
});

describe('checkSchema', () => {
  it.each([
    'name: vision\nsize: 2Gi\nversion: "1.36"\ncores: 0.57\non: true\negress: none',
    'quota: {owner: a, gpus: 8}\nbudget: 3\nreaders: all\nreach: none\nusers: [a, b, c]',
    'budget: {interactive: 0}\nreaders: [a]\nreach: 2Gi\nworkers: [{name: a}, {name: b}]',
    'pools: {a: {kind: cpu, families: []}, b: {kind: gpu, gpu: x, limit: 1}}\nenv: {A_B: ""}',
  ])('accepts %j', (text) => {
    expect(findings(text)).toEqual([]);
  });

  it.each([
    ['quota: {owner: a, gpu: 4}', '1:19 unknown-field quota.gpu: unknown field | did you mean "gpus"?'],
    [
      'quota: {owner: a, zone: 4}',
      '1:19 unknown-field quota.zone: unknown field | allowed here: owner, gpus, cpu',
    ],
    [
      'quota: {owner: a, __proto__: 4}',
      '1:19 unknown-field quota.__proto__: unknown field | allowed here: owner, gpus, cpu',
    ],
    [
      'quota: {gpus: 1}',
      '1:1 missing-field quota: required field "owner" is missing | owner takes a name of small letters',
    ],
    [
      'workers:\n- max: 1',
      '2:3 missing-field workers[0]: required field "name" is missing | name takes a name of small letters',
    ],
    ['name: Team_A', '1:7 bad-format name: "Team_A" is not a name of small letters | '],
    [
      'egress: internets',
      '1:9 not-allowed egress: "internets" is not allowed | did you mean "internet"? allowed: internet, none',
    ],
    ['egress: 3', '1:9 not-allowed egress: number 3 is not allowed | allowed: internet, none'],
    [
      'version: "1.3"',
      '1:10 not-allowed version: "1.3" is not allowed | did you mean "1.35"? allowed: 1.35, 1.36',
    ],
    ['quota: {owner: a, gpus: 9}', '1:25 out-of-range quota.gpus: must be at most 8, found 9 | '],
    ['kind: Tenants', '1:7 not-allowed kind: "Tenants" is not allowed | allowed: Tenant'],
    ['labels:\n  a/b~c: 9', '2:10 out-of-range labels.a/b~c: must be at most 8, found 9 | '],
    ['cores: 0', '1:8 out-of-range cores: must be more than 0, found 0 | '],
    ['cores: 0.0005', '1:8 out-of-range cores: must be a multiple of 0.001, found 0.0005 | '],
    ['cost: x', '1:7 too-short cost: must have at least 2 characters, found 1 | ask your controller'],
    ['name: abcdefghi', '1:7 too-long name: must have at most 8 characters, found 9 | '],
    ['users: []', '1:8 too-few-items users: must have at least 1 item, found 0 | '],
    ['users: [a, b, c, d]', '1:8 too-many-items users: must have at most 3 items, found 4 | '],
    ['pools: {}', '1:8 too-few-items pools: must have at least 1 field, found 0 | '],
    [
      'users: [a, b, a]',
      '1:15 duplicate-item users[2]: "a" is in the list twice, first as [0] | remove one of them',
    ],
    ['env: {path: x}', '1:7 bad-format env.path: key "path" is not a variable name in capitals | '],
    ['pools: {A: 1}', '1:9 bad-format pools.A: key "A" does not match ^[a-z]+$ | did you mean "a"?'],
  ])('%s', (text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });
});

describe('wrong types', () => {
  it.each([
    ['cost: 0042', 'cost: expected a string, found number 0042 | quote it: "0042"'],
    ['cost: 2.50', 'cost: expected a string, found number 2.50 | quote it: "2.50"'],
    ['cost: true', 'cost: expected a string, found boolean true | quote it: "true"'],
    ['size: 1024', 'size: expected a string, found number 1024 | write a size such as 256Gi'],
    ['version: 1.36', 'version: expected "1.35" or "1.36", found number 1.36 | quote it: "1.36"'],
    ['quota: {owner: a, gpus: "4"}', 'quota.gpus: expected an integer, found string "4" | remove the quotes'],
    ['quota: {owner: a, gpus: four}', 'quota.gpus: expected an integer, found string "four" | '],
    ['quota: {owner: a, gpus: yes}', 'quota.gpus: expected an integer, found string "yes" | '],
    ['quota: {owner: a, gpus: 1.5}', 'quota.gpus: expected an integer, found number 1.5 | '],
    ['on: yes', 'on: expected true or false, found string "yes" | write true, without quotes'],
    ['on: Off', 'on: expected true or false, found string "Off" | write false, without quotes'],
    ['cost:', 'cost: expected a string, found null (nothing after the colon?) | ask your controller'],
    ['cost: ~', 'cost: expected a string, found null | ask your controller'],
    ['users:\n  -\n', 'users[0]: expected a string, found null (nothing after the dash?) | '],
    ['users: ada', 'users: expected a list, found string "ada" | write [ada]'],
    [
      'quota: owner:a',
      'quota: expected a mapping {owner, gpus, cpu}, found string "owner:a" | put a space after the colon',
    ],
    ['quota: [a]', 'quota: expected a mapping {owner, gpus, cpu}, found a list | '],
  ])('%s', (text, finding) => {
    expect(check(text).map(({ message, hint }) => `${message} | ${hint ?? ''}`)).toEqual([finding]);
    expect(check(text)[0]?.rule).toBe('wrong-type');
  });
});

describe('unions', () => {
  it.each([
    ['budget: "4"', 'budget: expected an integer or a mapping {interactive, jobs}, found string "4"'],
    ['budget: [4]', 'budget: expected an integer or a mapping {interactive, jobs}, found a list'],
    ['budget: 9', 'budget: must be at most 8, found 9'],
    ['budget: {interactive: -1}', 'budget.interactive: must be at least 0, found -1'],
    ['budget: {interactiv: 1, interactive: 1}', 'budget.interactiv: unknown field'],
    ['readers: everyone', 'readers: expected "all" or a list, found string "everyone"'],
    ['target: A1', 'target: expected a size such as 256Gi or a name of small letters, found string "A1"'],
    ['readers: []', 'readers: must have at least 1 item, found 0'],
    ['readers: [A]', 'readers[0]: "A" is not a name of small letters'],
    ['reach: 3GB', 'reach: expected "none" or a size such as 256Gi, found string "3GB"'],
    [
      'pools: {a: {kind: cpu, gpu: x, limit: 1}}',
      'pools.a: required field "families" is missing,pools.a.gpu: unknown field,pools.a.limit: unknown field',
    ],
    ['pools: {a: {kind: gpu, gpu: X, limit: 1}}', 'pools.a.gpu: "X" is not a name of small letters'],
    [
      'pools: {a: {kind: cpu, families: [], gpu: x, limit: 1}}',
      'pools.a.gpu: unknown field,pools.a.limit: unknown field',
    ],
  ])('%s', (text, messages) => {
    expect(String(check(text).map(({ message }) => message))).toBe(messages);
  });

  it('are told apart for each item', () => {
    const issues = check(
      'pools:\n  a: {kind: cpu, families: 1}\n  b: {kind: gpu, gpu: 1, limit: 1}\n  c: 3\n',
    );
    expect(issues.map(({ message }) => message)).toEqual([
      'pools.a.families: expected a list, found number 1',
      'pools.b.gpu: expected a string, found number 1',
      'pools.c: expected a mapping {kind, families} or a mapping {kind, gpu, limit}, found number 3',
    ]);
  });
});

describe('secrets', () => {
  it.each(['password', 'apiKey', 'secretKey', 'hf_token'])('are refused as the field %s', (field) => {
    expect(check(`${field}: x`)[0]?.hint).toMatch(/^secrets do not belong in Git/);
  });
});

describe('hostile values', () => {
  it('compares items that have fields such as valueOf', () => {
    const messages = check('workers: [{name: a, valueOf: 1}, {valueOf: 1, name: a}]').map(({ rule }) => rule);
    expect(messages).toEqual(['unknown-field', 'duplicate-item', 'unknown-field']);
  });

  it('tells at most a thousand issues and how many more there are', () => {
    const issues = check(Array.from({ length: 3000 }, (_, index) => `k${index}: 1`).join('\n'));
    expect(issues).toHaveLength(1001);
    expect(issues[0]?.message).toBe('2000 more errors');
  });

  it('keeps patterns apart and off very long text', () => {
    expect(findings(`size: ${'1'.repeat(5000)}Gi`)).toEqual([
      `1:7 bad-format size: "${'1'.repeat(59)}…" is not a size such as 256Gi | `,
    ]);
    expect(findings('name: 2Gi\nsize: abc')).toHaveLength(2);
  });

  it('answers to any value, with a place for each issue, and agrees with ajv', () => {
    const field = fc.oneof(
      fc.constantFrom(...Object.keys(schema.properties), 'name', 'toString'),
      fc.string({ maxLength: 4 }),
    );
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.dictionary(field, fc.oneof(value, fc.dictionary(field, value)), { minKeys: 1 }),
        (input) => {
          const { document } = parseDocument('t.yaml', Buffer.from(dump(input)));
          if (!document) return;
          const issues = checkSchema(document, validate);
          expect(issues.length === 0).toBe(validate(document.value));
          for (const { source, message } of issues) {
            expect(source?.line).toBeGreaterThan(0);
            expect(message).not.toMatch(/undefined|\[object/);
          }
        },
      ),
    );
  });
});
