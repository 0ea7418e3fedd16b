import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(__dirname, '../..');
const CDK = /from '(aws-cdk-lib|cdk-nag|@aws-cdk\/|[./]+\/clusters\/)/;

/** Files below a folder that import the CDK, or the app that does. */
function importers(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => CDK.test(readFileSync(join(ROOT, folder, file), 'utf8')));
}

describe('the CDK', () => {
  it.each(['lib', 'charts', 'argocd'])('is not loaded by synth: nothing in %s imports it', (folder) => {
    expect(importers(folder)).toEqual([]);
  });

  it('is imported where the stack is, so that the search finds it', () => {
    expect(importers('clusters')).toContain('lint.ts');
  });
});
