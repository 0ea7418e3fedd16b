import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from '../support/inputs';
import { BAD_FIELDS } from './cases/bad-fields';
import { BAD_FILES } from './cases/bad-files';

const IDEAS = [...BAD_FILES, ...BAD_FIELDS];

/** The ideas of a corpus of bad tenant and cluster files for another generator, one a line. */
const CORPUS = readFileSync(join(__dirname, 'cases/bad-inputs.txt'), 'utf8').trim().split('\n');

describe('a bad file', () => {
  it('is none as long as nothing was changed', () => {
    expect(load().issues).toEqual([]);
  });

  it.each(IDEAS.map((one) => [one.idea, one] as const))('is refused: %s', (_, { change, prepare, rule }) => {
    const { issues, platform } = load(change, prepare);
    expect(platform).toBeUndefined();
    expect(issues.map((issue) => issue.rule)).toContain(rule);
  });
});

describe('the corpus of bad files', () => {
  it('has a case of ours for every idea', () => {
    const ids = IDEAS.map(({ id }) => id).filter((id) => id !== '');
    expect([...new Set(ids)].sort()).toEqual([...CORPUS].sort());
    const unknown = IDEAS.filter(({ id, rule }) => id !== '' && rule === 'unknown-field').map(({ id }) => id);
    process.stdout.write(
      `${CORPUS.length} ideas of bad files, and ${IDEAS.length - ids.length} of our own; ` +
        `fields that we do not have: ${unknown.join(', ')}\n`,
    );
  });
});
