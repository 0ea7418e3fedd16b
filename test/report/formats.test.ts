import { describe, expect, it } from '@jest/globals';
import type { Issue } from '../../lib/issue';
import { FORMATS } from '../../lib/report/formats';

const ISSUE: Issue = {
  level: 'error',
  class: 'apiserver',
  rule: 'schema',
  message: 'spec.a: 100% <wrong>, "so":\nit is',
  source: { file: 'a b,c.yaml', line: 3, column: 5, document: 1 },
  object: { apiVersion: 'v1', kind: 'Pod', namespace: 'n', name: 'p' },
  pointer: ['spec', 'a/b', 0],
  hint: 'mend it',
};
const WARNING: Issue = { level: 'warning', rule: 'stale', message: 'old' };

function format(name: string, issues: readonly Issue[]): string {
  return FORMATS.get(name)?.(issues, 7) ?? '';
}

describe('json', () => {
  it('has every part of a finding, and counts objects', () => {
    expect(JSON.parse(format('json', [ISSUE, { ...ISSUE, rule: 'other' }]))).toEqual({
      summary: { objects: 7, invalid: 1 },
      issues: ['schema', 'other'].map((rule) => ({
        level: 'error',
        class: 'apiserver',
        rule,
        message: `${ISSUE.message} (mend it)`,
        source: ISSUE.source,
        object: ISSUE.object,
        pointer: '/spec/a~1b/0',
      })),
    });
  });

  it('counts no warning as invalid', () => {
    expect(JSON.parse(format('json', [WARNING])).summary).toEqual({ objects: 7, invalid: 0 });
  });
});

describe('github', () => {
  it('escapes what would end a command', () => {
    expect(format('github', [ISSUE, WARNING])).toBe(
      '::warning title=stale::old\n' +
        '::error file=a b%2Cc.yaml,line=3,col=5,title=schema::spec.a: 100%25 <wrong>, "so":%0Ait is (mend it)\n',
    );
  });
});

describe('sarif', () => {
  it('names rules, places and texts', () => {
    const [run] = JSON.parse(format('sarif', [ISSUE, WARNING])).runs;
    expect(run.tool.driver.rules).toEqual([{ id: 'schema' }, { id: 'stale' }]);
    expect(run.results).toEqual([
      { ruleId: 'stale', level: 'warning', message: { text: 'old' } },
      {
        ruleId: 'schema',
        level: 'error',
        message: { text: `${ISSUE.message} (mend it)` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b%2Cc.yaml' },
              region: { startLine: 3, startColumn: 5 },
            },
          },
        ],
      },
    ]);
  });
});

describe('junit', () => {
  it('has a failure for an error, and none for a warning', () => {
    const text = format('junit', [ISSUE, WARNING]);
    expect(text).toContain('<testsuite name="tenantry" tests="2" failures="1">');
    expect(text).toContain(
      '<testcase name="stale" classname="stale"><system-out>old</system-out></testcase>',
    );
    expect(text).toContain('message="spec.a: 100% &#60;wrong&#62;, &#34;so&#34;:&#10;it is (mend it)"');
  });

  it('passes without findings, and cannot be broken by control characters', () => {
    expect(format('junit', [])).toContain('<testcase name="no findings" classname="tenantry"/>');
    expect(format('junit', [{ ...WARNING, message: 'a\u0000\u001bb' }])).toContain('a\ufffd\ufffdb');
  });
});
