import { type Issue, sortIssues } from '../issue';
import { withHint } from './hint';

/** Issues as JUnit XML: a suite with one test case a finding, or a single passing one. */
export function formatJunit(issues: readonly Issue[]): string {
  const cases = issues.length === 0 ? ['<testcase name="no findings" classname="tenantry"/>'] : [];
  cases.push(...sortIssues(issues).map(testcase));
  const count = `tests="${cases.length}" failures="${issues.filter(({ level }) => level === 'error').length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${count}>`,
    `<testsuite name="tenantry" ${count}>`,
    ...cases,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase({ level, rule, message, source, hint }: Issue): string {
  const place = source === undefined ? '' : `${source.file}:${source.line}:${source.column}`;
  const name = `name="${xmlText(place === '' ? rule : place)}" classname="${xmlText(rule)}"`;
  // A warning passes: it says what it has to say as output.
  if (level === 'warning')
    return `<testcase ${name}><system-out>${xmlText(withHint(message, hint))}</system-out></testcase>`;
  return `<testcase ${name}><failure type="${xmlText(rule)}" message="${xmlText(withHint(message, hint))}"></failure></testcase>`;
}

/** XML 1.0 cannot hold most control characters, not even as entities. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
