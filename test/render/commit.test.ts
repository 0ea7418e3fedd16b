import fs, { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commit, type Disk } from '../../lib/render/commit';
import type { Plan } from '../../lib/render/plan';
import { generated, planTexts, snapshot, withFolder, writeTree } from './fixtures';

const NOTHING: Plan = { write: [], delete: [], same: 0, foreign: [], existing: [], old: new Map() };

/** The real disk, but `fails` may let a call fail; calls count from 0. */
function brokenDisk(fails: (call: number, name: string) => boolean): Disk {
  let call = 0;
  return new Proxy(fs, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      return (...args: unknown[]) => {
        if (fails(call++, String(name))) throw new Error(`disk full at ${String(name)}`);
        return typeof method === 'function' ? Reflect.apply(method, target, args) : method;
      };
    },
  });
}

/** Plans `files` over what is in dist/, for everything. */
function planAll(dist: string, files: Readonly<Record<string, string>>): Plan {
  return planTexts(dist, new Map(Object.entries(files)), () => true);
}

describe('commit', () => {
  it('writes, replaces, deletes, and removes folders left empty', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      writeTree(dist, { 'a.yaml': generated('1'), 'p/q/old.yaml': generated(), 'r/old.yaml': generated() });
      mkdirSync(join(dist, 'empty'));
      commit(dist, planAll(dist, { 'a.yaml': generated('2'), 'r/s/new.yaml': generated('3') }));
      expect(snapshot(folder)).toEqual({
        dist: 'folder',
        'dist/a.yaml': `file ${generated('2')}`,
        'dist/empty': 'folder',
        'dist/r': 'folder',
        'dist/r/s': 'folder',
        'dist/r/s/new.yaml': `file ${generated('3')}`,
      });
    });
  });

  it('makes dist/ where it is missing, and nothing for an empty plan', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      commit(dist, NOTHING);
      expect(snapshot(folder)).toEqual({});
      commit(dist, planAll(dist, { 'a.yaml': generated() }));
      expect(snapshot(folder)).toEqual({ dist: 'folder', 'dist/a.yaml': `file ${generated()}` });
    });
  });

  it('turns a file into a folder and a folder into a file', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      writeTree(dist, { a: generated(), 'b/c/d': generated(), 'b/e': generated() });
      mkdirSync(join(dist, 'f'));
      commit(dist, planAll(dist, { 'a/x': generated(), b: generated(), f: generated() }));
      expect(Object.keys(snapshot(dist))).toEqual(['a', 'a/x', 'b', 'f']);
    });
  });

  it('leaves everything as it was, whatever call fails', () => {
    const names = fc
      .uniqueArray(fc.constantFrom('a', 'p/a', 'p/q/a', 'r', 'r/a'), { maxLength: 4 })
      .filter((paths) => !(paths.includes('r') && paths.includes('r/a')));
    const tree = names.map((paths) => Object.fromEntries(paths.map((path) => [path, generated(path)])));
    fc.assert(
      fc.property(tree, tree, fc.boolean(), (before, after, change) => {
        withFolder((folder) => {
          const dist = join(folder, 'dist');
          const files = change ? mapValues(after, (text) => `${text}!`) : after;
          for (let call = 0; ; call++) {
            fs.rmSync(dist, { recursive: true, force: true });
            writeTree(dist, before);
            const was = snapshot(folder);
            const disk = brokenDisk((number, name) => number === call && name !== 'rmSync');
            const error = errorOf(() => commit(dist, planAll(dist, files), disk));
            if (error === undefined) break;
            expect(error).toMatch(/^cannot write .*dist, it is as it was: disk full at \w+Sync$/);
            expect(snapshot(folder)).toEqual(was);
          }
          expect(planAll(dist, files)).toMatchObject({ write: [], delete: [], foreign: [] });
        });
      }),
      { numRuns: 40 },
    );
  });

  it('says where the old files are when it can neither go on nor back', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      writeTree(dist, { 'a.yaml': generated('old') });
      let renames = 0;
      const disk = brokenDisk((_, name) => name === 'renameSync' && ++renames > 2);
      const plan = planAll(dist, { 'a.yaml': generated('new'), 'b.yaml': generated() });
      expect(() => commit(dist, plan, disk)).toThrow(/nor restore it .*: its old files are in .*\.dist-/);
      expect(Object.values(snapshot(folder))).toContain(`file ${generated('old')}`);
    });
  });

  it('does not fail for a stage that cannot be removed', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      commit(
        dist,
        planAll(dist, { a: generated() }),
        brokenDisk((_, name) => name === 'rmSync'),
      );
      expect(snapshot(dist)).toEqual({ a: `file ${generated()}` });
    });
  });

  it('refuses a plan with foreign files', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      writeTree(dist, { 'README.md': 'x', 'old.yaml': generated() });
      expect(() => commit(dist, planAll(dist, {}))).toThrow('not written by tenantry: README.md');
      expect(Object.keys(snapshot(dist))).toEqual(['README.md', 'old.yaml']);
    });
  });

  it.each(['../a', '/a', 'p/../../a', 'p//a', './a', '', '..', 'p/'])('refuses the path "%s"', (path) => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      for (const plan of [{ write: [{ path, bytes: Buffer.from('') }] }, { delete: [path] }]) {
        expect(() => commit(dist, { ...NOTHING, ...plan })).toThrow(`not a path below dist: ${path}`);
      }
      expect(snapshot(folder)).toEqual({});
    });
  });

  it('never follows a symbolic link inside dist/', () => {
    withFolder((folder) => {
      const dist = join(folder, 'dist');
      writeTree(folder, { 'dist/a.yaml': generated(), 'outside/a.yaml': generated() });
      symlinkSync('../outside', join(dist, 'link'));
      symlinkSync('../outside/a.yaml', join(dist, 'b.yaml'));
      const was = snapshot(folder);
      const write = (path: string) => ({ ...NOTHING, write: [{ path, bytes: Buffer.from('new') }] });
      for (const plan of [
        write('link/a.yaml'),
        write('link/p/a.yaml'),
        { ...NOTHING, delete: ['link/a.yaml'] },
      ]) {
        expect(() => commit(dist, plan)).toThrow('it is as it was: link is not a folder');
      }
      expect(() => commit(dist, write('b.yaml'))).toThrow('it is as it was: b.yaml is not a file');
      expect(snapshot(folder)).toEqual(was);
    });
  });

  it('keeps dist/ itself a link where it is one', () => {
    withFolder((folder) => {
      mkdirSync(join(folder, 'elsewhere'));
      symlinkSync('elsewhere', join(folder, 'dist'));
      const dist = join(folder, 'dist');
      commit(dist, planAll(dist, { 'a.yaml': generated() }));
      expect(snapshot(folder)).toEqual({
        dist: 'link',
        elsewhere: 'folder',
        'elsewhere/a.yaml': `file ${generated()}`,
      });
    });
  });

  it('says why it cannot write', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'file'), '');
      const plan = { ...NOTHING, write: [{ path: 'a.yaml', bytes: Buffer.from('') }] };
      for (const dist of [join(folder, 'file'), join(folder, 'file/dist'), join(folder, 'missing/dist')]) {
        expect(() => commit(dist, plan)).toThrow(/^cannot write .*, it is as it was: .*(ENOTDIR|ENOENT)/);
      }
      expect(readdirSync(folder)).toEqual(['file']);
    });
  });
});

function mapValues(record: Readonly<Record<string, string>>, change: (text: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));
}

function errorOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
