import { describe, expect, it } from '@jest/globals';
import { readObjects } from '../../../lib/load/kubernetes/read';

function read(file: string, text: string | Buffer) {
  return [...readObjects(file, Buffer.from(text))];
}

function values(file: string, text: string): unknown[] {
  return read(file, text).map(({ value }) => value);
}

function problems(file: string, text: string): string[] {
  return read(file, text).flatMap(({ issues }) =>
    issues.map(({ message, source }) => `${source?.line}:${source?.column} #${source?.document} ${message}`),
  );
}

describe('readObjects', () => {
  it('reads every document of a YAML file, and none where there is none', () => {
    expect(values('a.yaml', '# nothing\n---\na: 1\n---\n---\n# only words\n---\nb: 2\n...\n')).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
  });

  it('reads an object, an array and a List of JSON, and lines of it', () => {
    expect(values('a.json', '{"a": 1}')).toEqual([{ a: 1 }]);
    expect(values('a.json', '[{"a": 1}, {"b": 2}]')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(values('a.json', '{"kind": "List", "items": [{"a": 1}, {"b": 2}]}')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(values('a.jsonl', '{"a": 1}\n\n{"b": 2}\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('tells the format of standard input by its text', () => {
    expect(values('-', '{"a": 1}\n{"b": 2}\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(values('-', '{\n"a": 1}')).toEqual([{ a: 1 }]);
    expect(values('-', 'a: 1')).toEqual([{ a: 1 }]);
  });

  it('says where a value and its key stand, also inside a List', () => {
    const [, second] = read('a.yaml', 'kind: List\nitems:\n- a: 1\n- b:\n    c: [x, "y"]\n');
    expect(second?.at(['b', 'c', 1])).toEqual({ file: 'a.yaml', line: 5, column: 12, document: 1 });
    expect(second?.at(['b', 'c'], 'key')).toMatchObject({ line: 5, column: 5 });
    expect(second?.at(['b', 'not', 'there'])).toMatchObject({ line: 5, column: 5 });
    const [, line] = read('a.jsonl', '{"a": 1}\n{"b": {"c": 2}}\n');
    expect(line?.at(['b', 'c'])).toEqual({ file: 'a.jsonl', line: 2, column: 13, document: 1 });
  });

  it('follows anchors and merge keys; what is written wins', () => {
    expect(values('a.yaml', 'a: &x {p: 1, q: 2}\nb: *x\nc: {q: 3, <<: *x}\n')).toEqual([
      { a: { p: 1, q: 2 }, b: { p: 1, q: 2 }, c: { p: 1, q: 3 } },
    ]);
  });

  it('keeps one broken document from hiding the others', () => {
    const text = 'a: 1\n---\nb: [\n---\nc: 3\n';
    expect(values('a.yaml', text)).toEqual([{ a: 1 }, undefined, { c: 3 }]);
    expect(values('a.jsonl', '{"a": 1}\n{"b"\n{"c": 3}')).toEqual([{ a: 1 }, undefined, { c: 3 }]);
  });

  it.each([
    ['a.yaml', 'a: 1\n---\nb: 1\nb: 2\n', '4:1 #1 duplicate field "b"'],
    ['a.json', '{"a": 1,\n "a": 2}', '2:2 #0 duplicate field "a"'],
    ['a.jsonl', '{"c": 1}\n{"a": {"b": "\\"b\\":", "b": 2}}', '2:23 #1 duplicate field "b"'],
    ['a.yaml', 'a: *x\n', '1:4 #0 anchor "x" is not defined'],
    ['a.yaml', 'a: &x [*x]\n', '1:8 #0 anchor "x" contains itself'],
    ['a.yaml', 'a: {<<: 1}\n', '1:4 #0 map merge requires map or sequence of maps as the value'],
    ['a.yaml', '? [a]\n: 1\n', '1:3 #0 a key must be a scalar'],
    ['a.yaml', 'a:\n\tb: 1\n', '2:1 #0 tab in the indentation'],
  ])('refuses in %s: %j', (file, text, problem) => {
    expect(problems(file, text)).toEqual([problem]);
  });

  it('names the place of broken JSON', () => {
    expect(problems('a.json', '\n{"a": 1 "b"}')[0]).toMatch(/^2:9 #0 not JSON: /);
    expect(problems('a.json', '{"a": ')[0]).toMatch(/^1:5 #0 not JSON: /);
  });

  it('refuses bytes that are no UTF-8, and an alias bomb', () => {
    expect(read('a.yaml', Buffer.from([0xff, 0xfe, 0xfd]))[0]?.issues[0]?.message).toBe('file is not UTF-8');
    const bomb = ['a0: &a0 [x]'];
    for (let level = 1; level < 30; level++)
      bomb.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
    expect(problems('a.yaml', `${bomb.join('\n')}\n`)[0]).toContain('aliases expand to too much');
  });

  it('lets no key reach the prototype', () => {
    const [value] = values('a.yaml', '__proto__: {a: 1}\n');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });
});
