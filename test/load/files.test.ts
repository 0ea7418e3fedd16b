import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lineReader, loadFolder } from '../../lib/load/files';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tenantry-files-'));
  mkdirSync(join(root, 'tenants'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text = 'a: 1\n'): void {
  writeFileSync(join(root, 'tenants', name), text);
}

function findings(): string[] {
  return loadFolder(root, 'tenants').issues.map(({ source, rule }) => `${source?.file} ${rule}`);
}

describe('loadFolder', () => {
  it('reads files in order of code units, under names relative to the root', () => {
    for (const name of ['b.yaml', 'a.yaml', 'a-b.yaml', 'B2.yaml']) write(name);
    const { documents, issues } = loadFolder(root, 'tenants');
    expect(documents.map(({ file }) => file)).toEqual([
      'tenants/B2.yaml',
      'tenants/a-b.yaml',
      'tenants/a.yaml',
      'tenants/b.yaml',
    ]);
    expect(issues).toEqual([]);
  });

  it('passes over dotfiles and README.md', () => {
    for (const name of ['.gitkeep', '.x.yaml', 'README.md']) write(name);
    expect(loadFolder(root, 'tenants')).toEqual({ documents: [], issues: [] });
  });

  it('refuses what is not a *.yaml file', () => {
    for (const name of ['a.yml', 'b.json', 'c.yaml~', 'D.YAML']) write(name);
    mkdirSync(join(root, 'tenants', 'sub.yaml'));
    expect(findings()).toEqual([
      'tenants/D.YAML stray-file',
      'tenants/a.yml file-extension',
      'tenants/b.json stray-file',
      'tenants/c.yaml~ stray-file',
      'tenants/sub.yaml stray-file',
    ]);
  });

  it('never follows a symbolic link, not even for a report', () => {
    writeFileSync(join(root, 'secret'), 'password: x\n');
    symlinkSync('../secret', join(root, 'tenants', 'a.yaml'));
    symlinkSync('nowhere', join(root, 'tenants', 'b.yaml'));
    expect(findings()).toEqual(['tenants/a.yaml symlink', 'tenants/b.yaml symlink']);
    expect(lineReader(root)({ file: 'tenants/a.yaml', line: 1, column: 1 })).toBeUndefined();
  });

  it('refuses names that differ only in case', () => {
    write('Team-A.yaml');
    write('team-a.yaml');
    expect(findings()).toEqual(['tenants/team-a.yaml file-name']);
  });

  it('goes on after files that cannot be read', () => {
    write('big.yaml', `a: ${'x'.repeat(300_000)}`);
    write('good.yaml');
    write('worse.yaml', 'a: [');
    const { documents, issues } = loadFolder(root, 'tenants');
    expect(documents.map(({ file }) => file)).toEqual(['tenants/good.yaml']);
    expect(issues.map(({ rule }) => rule)).toEqual(['file-too-big', 'yaml-syntax']);
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? it.skip : it)('reports a file without permission, and no machine path', () => {
    write('a.yaml');
    chmodSync(join(root, 'tenants', 'a.yaml'), 0);
    const [issue] = loadFolder(root, 'tenants').issues;
    expect(issue).toMatchObject({ rule: 'unreadable-file', message: 'cannot be read: EACCES' });
  });

  it('reports a folder that is missing, a file or a link, once', () => {
    writeFileSync(join(root, 'file'), '');
    symlinkSync('tenants', join(root, 'link'));
    for (const [folder, reason] of [
      ['missing', 'ENOENT'],
      ['file', 'ENOTDIR'],
      ['link', 'it is a symbolic link'],
    ] as const) {
      const { issues } = loadFolder(root, folder);
      expect(issues.map(({ message }) => message)).toEqual([`folder ${folder} cannot be read: ${reason}`]);
    }
  });
});

describe('lineReader', () => {
  it('gives lines as the places count them', () => {
    write('a.yaml', '\ufeffa: 1\r\nb: 2\rc: 3\n');
    const line = lineReader(root);
    expect([1, 2, 3, 9].map((number) => line({ file: 'tenants/a.yaml', line: number, column: 1 }))).toEqual([
      'a: 1',
      'b: 2',
      'c: 3',
      undefined,
    ]);
    expect(line({ file: 'tenants/none.yaml', line: 1, column: 1 })).toBeUndefined();
  });
});
