import { describe, expect, it } from '@jest/globals';
import type { Issue, Pointer } from '../../lib/issue';
import { type Document, parseDocument } from '../../lib/load/yaml';

function read(text: string): { document?: Document; issues: Issue[] } {
  return parseDocument('t.yaml', Buffer.from(text));
}

function documentOf(text: string): Document {
  const { document, issues } = read(text);
  expect(issues).toEqual([]);
  if (!document) throw new Error('no document');
  return document;
}

/** Issues as `line:column rule message`. */
function findings(text: string | Uint8Array): string[] {
  return parseDocument('t.yaml', Buffer.from(text)).issues.map(
    ({ source, rule, message }) => `${source?.line}:${source?.column} ${rule} ${message}`,
  );
}

describe('values', () => {
  it('follow the YAML 1.2 core schema', () => {
    const text =
      'a: yes\nb: 0042\nc: 0o17\nd: 1_000\ne: 12:30:45\nf: 2026-01-01\ng: ~\nh: true\ni: -0\nj: "4"\n';
    expect(documentOf(text).value).toEqual({
      ...{
        a: 'yes',
        b: 42,
        c: 15,
        d: '1_000',
        e: '12:30:45',
        f: '2026-01-01',
        g: null,
        h: true,
        i: 0,
        j: '4',
      },
    });
  });

  it('keep __proto__ and toString as ordinary keys', () => {
    const { value } = documentOf('__proto__: {x: 1}\nconstructor: 2\n');
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor']);
    expect(Object(value).toString).toBeUndefined();
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('take comments, CRLF, a start marker and an end marker with nothing behind', () => {
    expect(documentOf('# c\r\n---\r\na: 1 # c\r\n...\r\n# end\r\n').value).toEqual({ a: 1 });
  });
});

describe('places', () => {
  const text = [
    'metadata: {name: vision, "quoted": \'x\'}',
    'spec:',
    '  empty:',
    '  list:',
    '    - one',
    '    - # nothing',
    '    -',
    '    - key: |  # header | here',
    '        text',
    '  last: 0042',
  ].join('\n');
  const document = documentOf(text);
  const at = (...pointer: Pointer): string => `${document.at(pointer).line}:${document.at(pointer).column}`;
  const keyAt = (...pointer: Pointer): string =>
    `${document.keyAt(pointer).line}:${document.keyAt(pointer).column}`;

  it('are where a value starts', () => {
    expect(at('metadata')).toBe('1:11');
    expect(at('metadata', 'name')).toBe('1:18');
    expect(at('metadata', 'quoted')).toBe('1:36');
    expect(at('spec')).toBe('3:3');
    expect(at('spec', 'list', 0)).toBe('5:7');
    expect(at('spec', 'list', 3, 'key')).toBe('8:12');
  });

  it('are the key of an empty value and the dash of an empty item', () => {
    expect(at('spec', 'empty')).toBe('3:3');
    expect(at('spec', 'list', 1)).toBe('6:5');
    expect(at('spec', 'list', 2)).toBe('7:5');
  });

  it('are where a key starts, and the value where there is none', () => {
    expect(keyAt('spec')).toBe('2:1');
    expect(keyAt('metadata', 'quoted')).toBe('1:26');
    expect(keyAt('spec', 'list', 3)).toBe('8:7');
    expect(keyAt()).toBe('1:1');
  });

  it('fall back to the nearest parent', () => {
    expect(keyAt('spec', 'owner')).toBe('2:1');
    expect(at('spec', 'list', 9, 'x')).toBe('5:5');
    expect(at('toString')).toBe('1:1');
  });

  it('give a scalar as it is written', () => {
    expect(document.written(['spec', 'last'])).toBe('0042');
    expect(document.written(['spec', 'empty'])).toBe('');
    expect(document.written(['metadata', 'quoted'])).toBe("'x'");
  });

  it('count lines by LF, CRLF and CR', () => {
    const mixed = documentOf('a: 1\r\nb: 2\rc: 3\nd: 4');
    expect(['a', 'b', 'c', 'd'].map((key) => mixed.at([key]).line)).toEqual([1, 2, 3, 4]);
  });
});

describe('refused text', () => {
  it.each<[string, string | Uint8Array, string]>([
    [
      'too many bytes',
      `a: ${'x'.repeat(256 * 1024)}`,
      '1:1 file-too-big file has 262147 bytes, at most 262144 are read',
    ],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0), '1:1 not-utf8 file is not UTF-8'],
    ['a broken sequence', Uint8Array.of(0x61, 0x0a, 0x62, 0xe2, 0x28), '2:2 not-utf8 file is not UTF-8'],
    ['half a sequence', Uint8Array.of(0x61, 0xef, 0xbf, 0x28), '1:2 not-utf8 file is not UTF-8'],
    ['a byte-order mark', '\ufeffa: 1', '1:1 byte-order-mark file starts with a byte-order mark'],
    ['a C0 control', 'a: \u0007', '1:4 hidden-character control character U+0007 is not allowed'],
    ['NUL', 'a: x\u0000', '1:5 hidden-character control character U+0000 is not allowed'],
    ['NEL', 'a: Team\u0085A', '1:8 hidden-character control character U+0085 is not allowed'],
    ['a line separator', 'a: "\u2028"', '1:5 hidden-character invisible character U+2028 is not allowed'],
    [
      'a bidi override',
      'a: x\u202e',
      '1:5 hidden-character bidirectional control character U+202E is not allowed',
    ],
    [
      'an escaped one',
      'a: "\\u202e"',
      '1:4 hidden-character bidirectional control character U+202E is not allowed',
    ],
    ['half a character', 'a: "\\ud800"', '1:4 hidden-character invisible character U+D800 is not allowed'],
    ['no document', '# only comments\n', '1:1 no-document file has no document'],
    ['nothing', '', '1:1 no-document file has no document'],
    ['a scalar root', 'just text', '1:1 not-a-mapping expected a mapping, found string "just text"'],
    ['a list root', '- a', '1:1 not-a-mapping expected a mapping, found a list'],
    ['two documents', 'a: 1\n---\nb: 2', '2:1 one-document expected one document, found 2'],
    ['an empty second document', 'a: |\n  ---\n---\n', '3:1 one-document expected one document, found 2'],
    ['text after the end', 'a: 1\n...\nb: 2', '2:1 one-document content after the document end marker "..."'],
    ['a directive', '# c\n%YAML 1.1\n---\na: 1', '2:1 yaml-directive directives are not allowed'],
    ['an anchor', 'a: &x 1', '1:4 yaml-anchor anchor "&x" is not allowed'],
    ['a tag', 'a: !!binary aGk=', '1:4 yaml-tag tag "!!binary" is not allowed'],
    ['a tag on a mapping', 'a: !x {b: 1}', '1:4 yaml-tag tag "!x" is not allowed'],
    ['an unknown tag handle', 'a: !e!x 1', '1:8 yaml-tag tags are not allowed'],
    ['a merge key', 'a:\n  <<: {b: 1}', '2:3 yaml-merge merge key "<<" is not allowed'],
    ['a list as key', '? [a]\n: b', '1:3 key-type key must be a string, found a list'],
    ['a template', 'a: {{ x }}', '1:5 key-type key must be a string, found a mapping'],
    ['a number as key', 'a: {8080: x}', '1:5 key-type key must be a string, found number 8080'],
    ['a truth value as key', 'true: x', '1:1 key-type key must be a string, found boolean true'],
    ['no key', 'a:\n  : x', '2:3 key-type key must be a string, found null'],
    [
      'a long key',
      `${'k'.repeat(1025)}: 1`,
      '1:1 key-too-long key has 1025 characters, at most 1024 are read',
    ],
    ['NaN', 'a: .nan', '1:4 not-finite ".nan" is not a finite number'],
    ['infinity', 'a: [-.INF]', '1:5 not-finite "-.INF" is not a finite number'],
    ['a tab as indentation', 'a:\n \tb: 1', '2:2 tab-indent tab in the indentation'],
    ['a colon in plain text', 'a: b: c', '1:5 yaml-syntax unexpected content'],
    ['plain text with @', 'a: @b', '1:4 yaml-syntax plain text cannot start with "@"'],
    ['an open quote', 'a: "b', '1:5 yaml-syntax quoted text has no end'],
    ['an open bracket', 'a: [b  ', '1:5 yaml-syntax "[" or "{" is not closed'],
    ['a lone comma', 'a: {b: 1,,}', '1:10 yaml-syntax "," without an entry before it'],
    ['a line without colon', 'a: 1\nb', '2:1 yaml-syntax expected "key: value"'],
  ])('%s', (_name, text, finding) => {
    expect(findings(text)).toEqual([finding]);
    expect(parseDocument('t.yaml', Buffer.from(text)).document === undefined).toBe(
      !text.toString().startsWith('\ufeff'),
    );
  });

  it('accepts what is near: a quoted merge key, 1024 characters, a quoted number as key', () => {
    expect(Object.keys(Object(documentOf(`"<<": 1\n${'k'.repeat(1024)}: 1\n"1": 2`).value))).toHaveLength(3);
  });

  it('accepts 64 levels and refuses 65', () => {
    const nested = (levels: number): string => `a: ${'['.repeat(levels - 1)}1${']'.repeat(levels - 1)}`;
    expect(findings(nested(64))).toEqual([]);
    expect(findings(nested(65))).toEqual(['1:68 too-deep nested too deep']);
  });

  it('tells several problems in one run, each once', () => {
    expect(findings('\ufeffa: &x 1\nb: [*x, *x]\nb: !t 2\nc: \u202e\u202e\n')).toEqual([
      '1:1 byte-order-mark file starts with a byte-order mark',
      '4:4 hidden-character bidirectional control character U+202E is not allowed',
      '1:4 yaml-anchor anchor "&x" is not allowed',
      '2:5 yaml-alias alias "*x" is not allowed',
      '3:4 yaml-tag tag "!t" is not allowed',
      '3:1 duplicate-key duplicate key "b" (first at line 2)',
    ]);
  });

  it('gives every issue a hint', () => {
    const hints = read('a: &x *y\n').issues.concat(read('a: [*x, !t 1, .nan]\n1: 2\na: 3\n').issues);
    expect(hints.filter(({ hint }) => !hint)).toEqual([]);
    expect(hints.length).toBeGreaterThan(4);
  });
});

describe('duplicate keys', () => {
  it('are all told, and the first value stays', () => {
    const { document, issues } = read('spec: 1\na: {b: 1, b: 2}\nspec: 2\nspec: 3\n');
    expect(issues.map(({ message, source }) => `${source?.line}: ${message}`)).toEqual([
      '2: duplicate key "b" (first at line 2)',
      '3: duplicate key "spec" (first at line 1)',
      '4: duplicate key "spec" (first at line 1)',
    ]);
    expect(document?.value).toEqual({ spec: 1, a: { b: 1 } });
  });

  it('count by meaning, not by writing', () => {
    expect(findings('a: 1\n"\\u0061": 2\n__proto__: 3\n__proto__: 4\n')).toEqual([
      '2:1 duplicate-key duplicate key "a" (first at line 1)',
      '4:1 duplicate-key duplicate key "__proto__" (first at line 3)',
    ]);
  });
});

describe('hostile files', () => {
  it.each<[string, string, string]>([
    ['deep lists', `a: ${'['.repeat(5000)}`, 'too-deep'],
    ['deep mappings', `a: ${'{a: '.repeat(5000)}`, 'too-deep'],
    ['deep dashes', `a:\n ${'- '.repeat(5000)}`, 'too-deep'],
    ['deep keys', '? '.repeat(5000), 'too-deep'],
    ['an alias bomb', `a: &a [1]\nb: [${'*a,'.repeat(50000)}]`, 'yaml-anchor'],
    ['many documents', '---\n'.repeat(50000), 'no-document'],
  ])('%s', (_name, text, rule) => {
    expect(read(text).issues[0]?.rule).toBe(rule);
  });

  it('tells at most a thousand issues and how many more there are', () => {
    const { issues } = read('a:\n'.repeat(3000));
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)?.message).toBe('1999 more errors');
  });

  it.each(['\n', '#\n', ' '])('finds the dash of an empty item behind much of %j', (gap) => {
    const document = documentOf(`a:\n -\n${gap.repeat(100_000)}\n -\n`);
    expect(document.at(['a', 1])).toMatchObject({ line: gap === ' ' ? 4 : 100_004, column: 2 });
  });

  it('reads twenty thousand keys', () => {
    const text = Array.from({ length: 20000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(documentOf(text).at(['k19999']).line).toBe(20000);
  });
});
