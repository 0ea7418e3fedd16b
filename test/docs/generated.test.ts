import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generate } from '../../docs/generated';

describe('npm run docs', () => {
  // The checks read the published JSON: a stale one would judge by yesterday's rules.
  it.each([...generate()])('%s is what lib/schema says', (path, text) => {
    expect(readFileSync(join(__dirname, '../..', path), 'utf8')).toBe(text);
  });
});
