import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE } from '../programs';

/** Installs gigabytes in a minute where pip takes many: it links files out of its cache. */
const UV = 'uv==0.13.9';

/** A virtual environment: a Python minor version and requirements. */
export interface Environment {
  readonly name: string;
  readonly python: string;
  readonly requirements: readonly string[];
  /** Folder of a Python project that is installed as well. Default: none. */
  readonly project?: string;
}

/** Folder of an environment, made once into the cache. Throws where this machine lacks the Python. */
export function environmentOf(wanted: Environment, say: (line: string) => void): string {
  const { name, python, requirements, project } = wanted;
  const folder = join(CACHE, 'python', `${name}-${digest(wanted)}`);
  if (existsSync(folder)) return folder;
  say(`installing ${requirements.length} packages for Python ${python} once into ${folder}`);
  const list = `${folder}.txt`;
  const uv = installer();
  writeFileSync(list, `${requirements.join('\n')}\n`);
  // Compiled now: Ray gives its own processes seconds to start.
  const options = ['--quiet', '--compile-bytecode', '--requirement', list];
  run(uv, ['venv', '--quiet', '--clear', '--relocatable', '--python', interpreter(python), `${folder}.part`]);
  run(uv, ['pip', 'install', ...options, '--python', join(`${folder}.part`, 'bin/python')]);
  if (project !== undefined) {
    // A copy, for building leaves files behind.
    const copy = mkdtempSync(join(tmpdir(), 'project-'));
    cpSync(project, copy, { recursive: true });
    run(uv, [
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--python',
      join(`${folder}.part`, 'bin/python'),
      copy,
    ]);
    rmSync(copy, { recursive: true });
  }
  renameSync(`${folder}.part`, folder);
  rmSync(list);
  return folder;
}

function digest(wanted: Environment): string {
  const hash = createHash('sha256').update(JSON.stringify({ ...wanted, project: undefined }));
  const { project } = wanted;
  const files =
    project === undefined ? [] : readdirSync(project, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files.filter((path) => /\.(py|toml)$/.test(path))) {
    hash.update(readFileSync(join(project ?? '', file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/** The Python of a minor version: of the PATH, or of pyenv. */
export function interpreter(minor: string): string {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const candidates = [
    `python${minor}`,
    ...versions
      .filter((version) => version.startsWith(`${minor}.`))
      .map((version) => join(pyenv, version, 'bin/python')),
  ];
  const found = candidates.find((file) => spawnSync(file, ['--version']).status === 0);
  if (found === undefined)
    throw new Error(`Python ${minor} is not here: neither on the PATH nor in ${pyenv}`);
  return found;
}

function installer(): string {
  const folder = join(CACHE, 'python', UV);
  if (!existsSync(join(folder, 'bin/uv'))) {
    mkdirSync(folder, { recursive: true });
    run('python3', ['-m', 'venv', folder]);
    run(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', UV]);
  }
  return join(folder, 'bin/uv');
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, [...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Lines of a requirements file that name a package. */
export function requirementsIn(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^[a-z0-9]/i.test(line));
}
