import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from '@jest/globals';

export const REPOSITORY = resolve(__dirname, '../..');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary copy of tenants/ and clusters/, and how to remove it. */
export function copyRoot(): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'tenantry-cli-'));
  for (const folder of ['tenants', 'clusters']) {
    cpSync(join(REPOSITORY, folder), join(root, folder), { recursive: true });
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Runs the real command in a folder, without terminal and git configuration: never a stack, never a colour. */
export function tenantry(cwd: string, ...args: string[]): Outcome {
  return run(cwd, join(REPOSITORY, 'bin/tenantry'), args);
}

/** Runs any command like `tenantry`. */
export function run(cwd: string, command: string, args: readonly string[], env = {}): Outcome {
  const { PATH } = process.env;
  const clean = { PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: tmpdir(), ...env };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: clean, encoding: 'utf8' });
  expect(stdout + stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  expect(stdout + stderr).not.toContain('\u001b');
  return { status, stdout, stderr };
}
