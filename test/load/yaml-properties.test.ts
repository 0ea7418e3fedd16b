import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import type { Pointer } from '../../lib/issue';
import { parseDocument } from '../../lib/load/yaml';

const hidden = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\ufeff]/u;
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.lorem(),
    fc.constantFrom('yes', '0042', '- x', '#', '"', 'a: b', '\n', 'x\ny\n'),
  )
  .filter((value) => !hidden.test(value.replaceAll('\n', '')));
const key = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('__proto__', 'toString', '<<', '1'),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const mapping = fc.dictionary(key, anyValue, { minKeys: 1, maxKeys: 5 });

const style = fc.record({
  flowLevel: fc.integer({ min: -1, max: 3 }),
  indent: fc.integer({ min: 2, max: 6 }),
});

function* scalars(value: unknown, pointer: Pointer = []): Generator<[Pointer, unknown]> {
  if (typeof value !== 'object' || value === null) yield [pointer, value];
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* scalars(item, [...pointer, index]);
  else for (const [name, item] of Object.entries(value)) yield* scalars(item, [...pointer, name]);
}

describe('parseDocument', () => {
  it('gives back every value that js-yaml dumps', () => {
    fc.assert(
      fc.property(mapping, style, (value, options) => {
        const { document, issues } = parseDocument(
          't.yaml',
          Buffer.from(dump(value, { ...options, noRefs: true })),
        );
        expect(issues).toEqual([]);
        expect(document?.value).toEqual(value);
      }),
    );
  });

  it('places every scalar where its text stands', () => {
    fc.assert(
      fc.property(mapping, style, (value, options) => {
        const source = dump(value, { ...options, noRefs: true });
        const lines = source.split('\n');
        const { document } = parseDocument('t.yaml', Buffer.from(source));
        for (const [pointer, expected] of scalars(value)) {
          const { line, column } = document?.at(pointer) ?? { line: 0, column: 0 };
          const rest = lines[line - 1]?.slice(column - 1) ?? '';
          const written = document?.written(pointer) ?? '';
          expect(rest.startsWith(written.split('\n')[0] as string)).toBe(true);
          if (!/^[|>]/.test(rest)) expect(load(`[${written}\n]`)).toEqual([expected]);
          else expect(typeof expected).toBe('string');
        }
      }),
    );
  });

  it('answers to any bytes with a document or an issue', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { document, issues } = parseDocument('t.yaml', bytes);
        expect(document !== undefined || issues.length > 0).toBe(true);
      }),
    );
  });

  it('answers to mutated YAML, and agrees with js-yaml where it finds nothing wrong', () => {
    const snippet = fc.oneof(
      fc.constantFrom(...'-?:,[]{}#&*!|>\'"%@`\t\n\r \\'),
      fc.constantFrom(
        '- ',
        ': ',
        '? ',
        '\n---\n',
        '\n...\n',
        '<<: ',
        '&a ',
        '*a',
        '!!str ',
        '|\n',
        ' #',
        '.nan',
      ),
    );
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 4 }), put: snippet });
    fc.assert(
      fc.property(mapping, style, fc.array(edit, { minLength: 1, maxLength: 6 }), (value, options, edits) => {
        const mutated = edits.reduce(
          (source, { at, cut, put }) => {
            const index = at % (source.length + 1);
            return source.slice(0, index) + put + source.slice(index + cut);
          },
          dump(value, { ...options, noRefs: true }),
        );
        const bytes = Buffer.from(mutated);
        const { document, issues } = parseDocument('t.yaml', bytes);
        expect(document !== undefined || issues.length > 0).toBe(true);
        for (const { source } of issues) expect(source?.line).toBeGreaterThan(0);
        if (issues.length === 0) expect(document?.value).toEqual(load(bytes.toString()));
      }),
      { numRuns: 500 },
    );
  });
});
