import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Issue } from '../../lib/issue';
import { formatIssues, summarize } from '../../lib/report/text';

const unknown: Issue = {
  level: 'error',
  rule: 'unknown-field',
  message: 'spec.quota.gpu: unknown field',
  source: { file: 'tenants/vision.yaml', line: 14, column: 9 },
  hint: 'did you mean "gpus"?',
};
const plain = { color: false } as const;

function at(line: number, column: number, text: string): string[] {
  const issue: Issue = { ...unknown, source: { file: 'a.yaml', line, column } };
  return formatIssues([issue], { color: false, readLine: () => text })
    .split('\n')
    .slice(1, 3);
}

describe('formatIssues', () => {
  it('shows place, line, caret, help and summary', () => {
    const text = formatIssues([unknown], { color: false, readLine: () => '        gpu: 4' });
    expect(text).toBe(
      [
        'tenants/vision.yaml:14:9: error: spec.quota.gpu: unknown field  [unknown-field]',
        '   14 |         gpu: 4',
        '      |         ^',
        '  help: did you mean "gpus"?',
        '',
        '1 error in 1 file',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what is not known', () => {
    const bare: Issue = { level: 'warning', rule: 'r', message: 'm' };
    expect(formatIssues([bare], { color: false, readLine: () => 'text' })).toBe(
      'warning: m  [r]\n\n1 warning\n',
    );
    expect(formatIssues([unknown], { color: false, readLine: () => undefined }).split('\n')[1]).toMatch(
      'help',
    );
    expect(formatIssues([], plain)).toBe('');
  });

  it('goes through files in order', () => {
    const place = (file: string, line: number): Issue => ({ ...unknown, source: { file, line, column: 1 } });
    const text = formatIssues([place('b', 1), place('a', 10), place('a', 9)], plain);
    expect(text.match(/^\w:\d+/gm)).toEqual(['a:9', 'a:10', 'b:1']);
  });

  it('keeps the caret below its character', () => {
    expect(at(3, 3, '\ta: b')).toEqual(['    3 | \ta: b', '      | \t ^']);
    expect(at(3, 2, '\u0085b')).toEqual(['    3 | \ufffdb', '      |  ^']);
    expect(at(3, 9, 'a: b')).toEqual(['    3 | a: b', '      |     ^']);
    const [line, caret] = at(3, 200_001, `${'x'.repeat(200_000)}y${'x'.repeat(9)}`);
    expect(line?.charAt(caret?.indexOf('^') ?? 0)).toBe('y');
    expect(line?.length).toBeLessThan(120);
  });

  it('does not show the line of a secret', () => {
    const text = formatIssues([{ ...unknown, rule: 'secret-value' }], {
      color: false,
      readLine: () => 'hunter2',
    });
    expect(text).not.toContain('hunter2');
  });

  it('colours only on request', () => {
    expect(formatIssues([unknown], { color: true })).toContain('\u001b[31merror:\u001b[0m');
    expect(formatIssues([unknown], plain)).not.toContain('\u001b');
  });

  it('lets no input start a line or drive the terminal', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, text, (message, hint, file, line) => {
        const issue: Issue = { ...unknown, message, hint, source: { file, line: 1, column: 1 } };
        const shown = formatIssues([issue], { color: false, readLine: () => line.replace(/[\n\r]/g, '') });
        expect(shown.split(/\r\n?|\n/)).toHaveLength(7);
        expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('summarize', () => {
  it.each<[number, number, string]>([
    [2, 1, '2 errors, 1 warning in 2 files'],
    [1, 0, '1 error in 1 file'],
    [0, 2, '2 warnings in 2 files'],
    [0, 0, 'no issues'],
  ])('%i errors and %i warnings', (errors, warnings, expected) => {
    const issues = Array.from({ length: errors + warnings }, (_, index): Issue => {
      const source = { file: `${index % 2}.yaml`, line: 1, column: 1 };
      return { level: index < errors ? 'error' : 'warning', rule: 'r', message: 'm', source };
    });
    expect(summarize(issues)).toBe(expected);
  });
});
