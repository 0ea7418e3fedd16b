import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { snapshot } from '../render/fixtures';
import { copyRoot, REPOSITORY, run, tenantry } from '../support/cli';

jest.setTimeout(60_000);

let root = '';
let remove = () => {};

beforeEach(() => {
  ({ root, remove } = copyRoot());
});
afterEach(() => remove());

describe('cdk8s synth', () => {
  it('gives the same bytes as tenantry synth', () => {
    expect(tenantry(root, 'synth').status).toBe(0);
    const ours = snapshot(join(root, 'dist'));
    const config = readFileSync(join(REPOSITORY, 'cdk8s.yaml'), 'utf8');
    expect(config).toMatch(/^app: node --import tsx main\.ts$/m);

    cpSync(join(REPOSITORY, 'cdk8s.yaml'), join(root, 'cdk8s.yaml'));
    for (const name of ['main.ts', 'node_modules', 'package.json'])
      symlinkSync(join(REPOSITORY, name), join(root, name));
    const env = { CDK8S_CHECK_UPGRADE: 'false' };
    const cli = run(root, join(REPOSITORY, 'node_modules/.bin/cdk8s'), ['synth'], env);
    expect(cli.status).toBe(0);
    expect(snapshot(join(root, 'dist'))).toEqual(ours);

    const app = run(root, process.execPath, ['--import', 'tsx', 'main.ts'], {
      CDK8S_OUTDIR: join(root, 'other'),
    });
    expect(app).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(snapshot(join(root, 'other'))).toEqual(ours);
  });
});
