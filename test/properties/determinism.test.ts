import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { render } from '../../lib/render/render';
import { snapshot, withFolder, writeTree } from '../render/fixtures';
import { CLUSTER, SMALL, VISION } from '../support/fixtures';
import { filesOf, loadFiles, world } from '../support/world';

const RUNS = { numRuns: 25 };

/** What is rendered from files, as text by path, in the order in which it is rendered. */
function rendered(files: Readonly<Record<string, string>>): [path: string, text: string][] {
  return [...render(loadFiles(files)).files].map(([path, bytes]) => [path, String(bytes)]);
}

/** The same value with the keys of every map in another order. */
function reorder(value: unknown, salt: number): unknown {
  if (Array.isArray(value)) return value.map((item) => reorder(item, salt));
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string) =>
    [...key].reduce((sum, letter) => (sum * salt + letter.charCodeAt(0)) % 9973, 7);
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(entries.map(([key, item]) => [key, reorder(item, salt)]));
}

describe('the same files', () => {
  it('give the same bytes in whatever order they and their keys are', () => {
    fc.assert(
      fc.property(world(1, 3), fc.integer({ min: 2, max: 9972 }), (one, salt) => {
        const files = Object.entries(filesOf(one));
        const shuffled = files
          .reverse()
          .map(([path, text]) => [path, JSON.stringify(reorder(JSON.parse(text), salt))]);
        expect(rendered(Object.fromEntries(shuffled))).toEqual(rendered(Object.fromEntries(files)));
      }),
      RUNS,
    );
  });

  it('give the same bytes in another time zone and language', () => {
    const files = filesOf({ cluster: CLUSTER, tenants: [VISION, SMALL] });
    const env = { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    withFolder((root) => {
      writeTree(root, files);
      execFileSync(process.execPath, [join(__dirname, '../../bin/tenantry'), 'synth'], { cwd: root, env });
      const dist = Object.entries(snapshot(join(root, 'dist'))).filter(([, entry]) => entry !== 'folder');
      const want = rendered(files).map(([path, text]) => [path, `file ${text}`]);
      expect(Object.fromEntries(dist)).toEqual(Object.fromEntries(want));
    });
  });
});
