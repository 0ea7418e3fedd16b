import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  boolCoreTag,
  CORE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  jsToAst,
  load,
  loadAll,
  present,
  realMapTag,
  SCALAR_STYLE,
  type ScalarLayout,
  Schema,
  seqTag,
  strTag,
  YAML11_SCHEMA,
} from 'js-yaml';
import { canonical } from '../../lib/render/canonical';
import { dumpFile, dumpObject, dumpText } from '../../lib/render/dump';
import { inlineText, isSafeBlock } from '../../lib/render/scalar';
import { configMap, fields } from './fixtures';

/** Texts that some reader takes for something else, by what it takes them for. Each must be quoted. */
const TRICKY: Readonly<Record<string, readonly string[]>> = {
  boolean: [
    ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'],
    ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE', 'tRue'],
  ],
  null: ['', '~', 'null', 'Null', 'NULL'],
  integer: ['0', '00', '01', '08', '09', '5', '+5', '-5', '9007199254740993', '123456789012345678901'],
  octal: ['0120', '0777', '0o17', '0O17', '-0o17', '0o8'],
  hexadecimal: ['0x1F', '0X1f', '-0x1', '+0x1', '0xG', '0XB7'],
  binary: ['0b101', '0B101', '-0b1', '0b2'],
  underscores: ['1_000', '1__0', '1_', '-8_e8', '0x_1'],
  base60: ['12:30:45', '1:20', '190:20:30.15', '-1:30'],
  float: [
    ...[
      '.5',
      '5.',
      '+.5',
      '-.5',
      '1.0',
      '1.10',
      '3.10',
      '1e3',
      '1E3',
      '1e+3',
      '1e-3',
      '0.1e1',
      '1e999',
      '1e1000',
    ],
    ...['.inf', '-.inf', '+.Inf', '.INF', '.nan', '.NaN', 'Inf', 'NaN', '0x1p-2', '1.'],
  ],
  date: ['2026-01-01', '2026-1-1', '2024-01-01', '2024-01-01T00:00:00Z', '2026-01-01 10:00:00'],
  'looks like a number': ['1.2.3', '1d', '1,000', '64Gi', '500m', '+', '10.0.0.0/16'],
  syntax: [
    ...[
      '<<',
      '=',
      '-',
      '- a',
      '?',
      ':',
      ': a',
      'a: b',
      'a:',
      'a #b',
      '#a',
      '!a',
      '&a',
      '*a',
      '|',
      '>',
      '%a',
      '@a',
    ],
    ...['`a', '"a', "'a", '[a', '{a', ']', '}', ',', '---', '...', ' a', 'a ', '*', '\\', '_1 '],
  ],
  invisible: [
    ...[
      '\t',
      'a\tb',
      '\r',
      'a\rb',
      '\u0000',
      '\u0007',
      '\u001b',
      '\u007f',
      '\u0085',
      'a\u0085b',
      '\u009f',
      '\u00a0',
    ],
    ...['\u2028', 'a\u2029b', '\ufeff', '\ufeffa', '\ufffe', '\uffff'],
  ],
};

const PLAIN = [
  'nvidia.com/gpu',
  '_1',
  '/bin/sh',
  '$(POD_IP)',
  'ray stop',
  'a:b',
  'Equal',
  'ulimit -n 1; "a" && b',
];

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'YAML 1.2': (text) => load(text, { schema: CORE_SCHEMA }),
  'YAML 1.1': (text) => load(text, { schema: YAML11_SCHEMA }),
};

describe('dumpText', () => {
  it.each(Object.entries(TRICKY))('quotes what a reader could take for: %s', (_, texts) => {
    for (const text of texts) {
      expect(dumpText({ a: text })).toMatch(/^a: "/);
      expect(dumpText({ [text]: 'a' })).toMatch(/^"/);
      expect(dumpText({ a: [text] })).toMatch(/^a:\n {2}- "/);
    }
  });

  it('leaves plain what nobody can take for anything else', () => {
    for (const text of PLAIN) expect(dumpText({ [text]: [text] })).toBe(`${text}:\n  - ${text}\n`);
  });

  it.each(Object.keys(READERS))('is read back by a reader of %s', (name) => {
    const read = READERS[name] ?? String;
    for (const text of [...Object.values(TRICKY).flat(), ...PLAIN]) {
      const value = { a: text, [text]: text, list: [text, [text], { [text]: { [text]: text } }] };
      expect(read(dumpText(value))).toStrictEqual(value);
    }
    fc.assert(fc.property(fields, (value) => expect(read(dumpText(value))).toStrictEqual(value)));
  });

  it('escapes what an editor hides and what go-yaml takes for a line break', () => {
    const hidden = ['\u0000', '\u0007', '\u007f', '\u0085', '\u009f', '\u2028', '\u2029', '\ufeff', '\ufffe'];
    for (const character of hidden) {
      for (const text of [character, `a\n${character}b`, `a\n${character}`]) {
        expect(dumpText({ [text.replace('\n', '')]: text })).not.toContain(character);
      }
    }
  });

  it('writes lines as a block where blanks are safe, else in quotes', () => {
    expect(dumpText({ a: 'set -e\n\n  ray stop # é\n' })).toBe('a: |\n  set -e\n\n    ray stop # é\n');
    expect(dumpText({ a: ['x: 1\ny'] })).toBe('a:\n  - |-\n    x: 1\n    y\n');
    for (const text of ['\na', ' a\nb', '\ta\nb', 'a \nb', 'a\n \nb', 'a\nb\t', 'a\n\n', '\n', 'a\r\nb']) {
      expect(dumpText({ a: text })).toBe(`a: ${JSON.stringify(text)}\n`);
    }
  });

  it('refuses a key that YAML does not read on one line', () => {
    expect(() => dumpText({ 'a\nb': 1 })).toThrow('a key of the document is text of several lines');
    expect(() => dumpText({ ['a'.repeat(513)]: 1 })).toThrow('a key of the document is too long');
    expect(() => dumpText({ ['é'.repeat(200)]: 1 })).toThrow('a key of the document is too long');
    expect(dumpText({ ['a'.repeat(317)]: 1 })).toBe(`${'a'.repeat(317)}: 1\n`);
  });

  it('writes the bytes that js-yaml writes with the same choice of quotes', () => {
    const schema = new Schema([strTag, seqTag, realMapTag, boolCoreTag, intCoreTag, floatCoreTag]);
    const style = ({ node, isKey }: ScalarLayout) => {
      if (!isKey && isSafeBlock(node.value)) return SCALAR_STYLE.LITERAL_BLOCK;
      return inlineText(node.value) === node.value ? SCALAR_STYLE.PLAIN : SCALAR_STYLE.DOUBLE_QUOTED;
    };
    const rule = (layout: ScalarLayout) => {
      if (layout.node.tag === strTag.tagName) layout.style = style(layout);
    };
    const reference = (value: unknown) =>
      present(jsToAst(canonical(value), schema, { noRefs: true }), { schema, scalarStyleRules: [rule] });
    fc.assert(
      fc.property(fields, (value) => expect(dumpText(value)).toBe(reference(value))),
      { numRuns: 500 },
    );
  });

  it('writes numbers that every reader takes for the same number', () => {
    const numbers = [0, -1, 1.5, 1e20, 1e21, 1e-7, 5e-324, 2 ** 53, Number.MAX_VALUE];
    for (const read of Object.values(READERS)) expect(read(dumpText({ numbers }))).toStrictEqual({ numbers });
    expect(dumpText({ a: -0 })).toBe('a: 0\n');
  });

  it('uses flow style for nothing but empty collections, and never an anchor', () => {
    const shared = { a: [], b: {} };
    expect(dumpText({ c: shared, d: [shared] })).toBe('c:\n  a: []\n  b: {}\nd:\n  - a: []\n    b: {}\n');
  });

  it('does not fold long lines', () => {
    const text = 'word '.repeat(100).trim();
    expect(dumpText({ text })).toBe(`text: ${text}\n`);
  });

  it('writes keys in an order that does not depend on how the value was made', () => {
    fc.assert(
      fc.property(fields, (value) => {
        expect(dumpText(reversed(value))).toBe(dumpText(value));
      }),
    );
  });

  it('puts what people look for first, the others by code unit', () => {
    const keys = ['annotations', 'labels', 'namespace', 'name', 'metadata', 'kind', 'apiVersion'];
    const value = Object.fromEntries(['b', 'B', '9', '10', 'ä', '__proto__', ...keys].map((key) => [key, 1]));
    const want = [...keys.reverse(), '"10"', '"9"', 'B', '__proto__', 'b', '"ä"'];
    expect(dumpText(value)).toBe(want.map((key) => `${key}: 1\n`).join(''));
  });

  it('drops undefined fields', () => {
    expect(dumpText({ a: undefined, b: { c: undefined } })).toBe('b: {}\n');
  });

  it('takes values of another realm and without a prototype', () => {
    expect(dumpText(Object.assign(Object.create(null), { a: runInNewContext('({ b: [1] })') }))).toBe(
      'a:\n  b:\n    - 1\n',
    );
  });

  it.each([
    ['null', null, 'null'],
    ['NaN', Number.NaN, 'NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['undefined in a list', undefined, 'undefined'],
    ['a function', () => 1, 'a function'],
    ['a bigint', 1n, '1'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a Date', new Date(0), 'an instance of Date'],
    ['a Map', new Map(), 'an instance of Map'],
    ['an instance', new Intl.Collator(), 'an instance of Collator'],
    ['half a character', 'a\ud800', 'text with half a surrogate pair'],
  ])('refuses %s and names its place', (_, value, name) => {
    const message = `spec.items[1] is ${name}: a manifest cannot hold that`;
    expect(() => dumpText({ spec: { items: [1, value] } })).toThrow(message);
  });

  it('refuses a key with half a character', () => {
    expect(() => dumpText({ spec: { 'a\udfff': 1 } })).toThrow(
      'a key of spec is text with half a surrogate pair',
    );
  });

  it('refuses what contains itself', () => {
    const value: Record<string, unknown> = {};
    value.a = value;
    expect(() => dumpText(value)).toThrow('nested more than 100 levels deep');
  });
});

describe('dumpObject', () => {
  it('names the object in an error', () => {
    expect(() => dumpObject(configMap('vision', 'hub', { data: { a: null } }))).toThrow(
      'ConfigMap vision/hub: data.a is null',
    );
  });
});

describe('dumpFile', () => {
  it('writes a header and one document an object', () => {
    expect(dumpFile([configMap('vision', 'a'), configMap('vision', 'b')], '# header')).toBe(
      `# header
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: vision
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
  namespace: vision
`,
    );
  });

  it('is read back as its objects, no more and no less', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 4 }), (many) => {
        const objects = many.map((data, index) => configMap('vision', `c${index}`, { data }));
        expect(loadAll(dumpFile(objects, '# header'))).toStrictEqual(objects);
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}
