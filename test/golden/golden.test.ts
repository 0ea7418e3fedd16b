import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPlatform } from '../../lib/check/platform';
import { render } from '../../lib/render/render';
import { snapshot, writeTree } from '../render/fixtures';

// After a change of charts: UPDATE=1 npx jest test/golden, then read the diff of want/.
const UPDATE = process.env.UPDATE === '1';
const CASES = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

// It holds the files of hub/, which have tests of their own.
const HUB = '/argocd/platform/jupyterhub.yaml';

/** What is rendered from the tenants/ and clusters/ of a case, as text by path. */
function rendered(folder: string): Record<string, string> {
  const { platform, issues } = loadPlatform(folder);
  if (platform === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  const files = [...render(platform).files].filter(([path]) => !path.endsWith(HUB));
  return Object.fromEntries(files.map(([path, bytes]) => [path, String(bytes)]));
}

/** The files below a folder, as text by path. */
function committed(folder: string): Record<string, string> {
  const files = Object.entries(snapshot(folder)).filter(([, entry]) => entry.startsWith('file '));
  return Object.fromEntries(files.map(([path, entry]) => [path, entry.slice('file '.length)]));
}

describe('golden case', () => {
  it.each(CASES)('$name renders what is committed in want/', ({ name }) => {
    const want = join(__dirname, name, 'want');
    const files = rendered(join(__dirname, name));
    if (UPDATE) {
      rmSync(want, { recursive: true, force: true });
      writeTree(want, files);
    }
    expect(files).toEqual(committed(want));
  });
});
