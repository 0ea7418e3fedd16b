import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Issue, type Source } from '../issue';
import { LINE_BREAK } from './lines';
import { MAX_BYTES, tooBig } from './text';
import { wholeFile } from './whole-file';
import { type Document, parseDocument } from './yaml';

/** The CDK app, which lies beside the cluster files that it deploys. */
const CODE = ['clusters/app.ts', 'clusters/lint.ts', 'clusters/stack', 'clusters/tsconfig.json'];

/** Reads `<root>/<folder>/*.yaml` in order of names; what else lies there is an issue. */
export function loadFolder(root: string, folder: string): { documents: Document[]; issues: Issue[] } {
  const documents: Document[] = [];
  const issues: Issue[] = [];
  const entries = listFolder(join(root, folder), folder, issues);
  const names = new Map<string, string>();
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'README.md' || CODE.includes(file)) continue;
    const twin = names.get(entry.name.toLowerCase());
    if (twin !== undefined) issues.push(sameName(file, twin));
    names.set(entry.name.toLowerCase(), file);
    const misplaced = checkEntry(file, entry);
    if (misplaced) issues.push(misplaced);
    else readFile(root, file, documents, issues);
  }
  return { documents, issues };
}

/** Gives lines of the files under `root` for reports; each file is read once. */
export function lineReader(root: string): (source: Source) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? readLines(join(root, file));
    files.set(file, lines);
    return lines[line - 1];
  };
}

function listFolder(path: string, folder: string, issues: Issue[]): Dirent[] {
  const refuse = (reason: string): Dirent[] => {
    const message = `folder ${folder} cannot be read: ${reason}`;
    issues.push({ level: 'error', rule: 'no-folder', message, hint: `create the folder ${folder}` });
    return [];
  };
  try {
    if (lstatSync(path).isSymbolicLink()) return refuse('it is a symbolic link');
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => compare(a.name, b.name));
  } catch (error) {
    return refuse(codeOf(error));
  }
}

function checkEntry(file: string, entry: Dirent): Issue | undefined {
  if (entry.isSymbolicLink()) {
    return wholeFile(file, 'symlink', 'symbolic links are not followed', 'put the file itself here');
  }
  if (entry.isFile() && entry.name.endsWith('.yaml')) return undefined;
  if (entry.isFile() && entry.name.endsWith('.yml')) {
    return wholeFile(file, 'file-extension', 'file ends in .yml', 'rename it to .yaml');
  }
  return wholeFile(file, 'stray-file', 'only *.yaml files lie here', 'move it elsewhere');
}

function readFile(root: string, file: string, documents: Document[], issues: Issue[]): void {
  const bytes = readBytes(join(root, file), file);
  if (!ArrayBuffer.isView(bytes)) {
    issues.push(bytes);
    return;
  }
  const read = parseDocument(file, bytes);
  issues.push(...read.issues);
  if (read.document) documents.push(read.document);
}

function readBytes(path: string, file: string): Uint8Array | Issue {
  try {
    const { size } = lstatSync(path);
    return size > MAX_BYTES ? tooBig(file, size) : readFileSync(path);
  } catch (error) {
    return wholeFile(file, 'unreadable-file', `cannot be read: ${codeOf(error)}`, 'check its permissions');
  }
}

function sameName(file: string, twin: string): Issue {
  const message = `${twin} differs only in upper and lower case`;
  return wholeFile(file, 'file-name', message, 'rename one: macOS and Windows keep only one of them');
}

/** The lines of a file that would be read as input too: no link, no pipe, not too big. */
function readLines(path: string): readonly string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > MAX_BYTES) return [];
  try {
    return readFileSync(path, 'utf8')
      .replace(/^\ufeff/, '')
      .split(LINE_BREAK);
  } catch {
    return [];
  }
}

/** The code of a file system error, such as ENOENT; its message would tell machine paths. */
function codeOf(error: unknown): string {
  return String(Object(error).code);
}
