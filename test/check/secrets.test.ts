import { describe, expect, it } from '@jest/globals';
import { checkSecrets } from '../../lib/check/secrets';
import type { Issue } from '../../lib/issue';
import { parseDocument } from '../../lib/load/yaml';

function check(text: string): Issue[] {
  const { document } = parseDocument('t.yaml', Buffer.from(text));
  if (!document) throw new Error('not readable');
  return checkSecrets(document);
}

const TAIL = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8';

describe('checkSecrets', () => {
  it.each([
    [`k: AKIA${'IOSFODNN7EXAMPLE'}`, 'looks like an AWS access key'],
    [`k: |\n  -----BEGIN ${'RSA PRIVATE KEY'}-----\n  MII\n`, 'looks like a private key'],
    ['k: https://ada:hunter2@example.com/x', 'looks like an address with a password'],
    [`k: ghp_${TAIL}`, 'looks like a GitHub token'],
    [`k: hf_${TAIL.slice(0, 34)}`, 'looks like a Hugging Face token'],
  ])('finds %j', (text, message) => {
    expect(check(text).map((issue) => issue.message)).toEqual([`k: ${message}`]);
  });

  it.each([
    'k: https://example.com:8443/a@b',
    'k: AKIATOOSHORT',
    'k: -----BEGIN CERTIFICATE-----',
    'k: hf_short',
  ])('passes %j', (text) => {
    expect(check(text)).toEqual([]);
  });

  it('names the place in lists and maps, and never the value', () => {
    const issues = check('spec:\n  env:\n    - {URL: "s3://me:pass@host"}\n');
    expect(issues).toMatchObject([{ rule: 'secret-value', source: { line: 3, column: 13 } }]);
    expect(issues[0]?.message).toBe('spec.env[0].URL: looks like an address with a password');
    expect(JSON.stringify(issues)).not.toContain('pass@');
  });
});
