import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Programs that scenarios run: each is the one tool of its own Go module, for their dependencies differ. */
export const PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'ray-operator',
  'kueue',
  'karpenter',
  'redis',
  'helm',
  'argocd',
] as const;
export type Program = (typeof PROGRAMS)[number];

/** Where each program lies. */
export type Programs = ReadonlyMap<Program, string>;

/** Folder for what is built once, outside of the repository. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tenantry', 'e2e');

/** The program files: those of KUBEBUILDER_ASSETS first, else built once into the cache; without Go some are missing. */
export function findPrograms(names: Iterable<Program>, say: (line: string) => void): Programs {
  const found = new Map<Program, string>();
  mkdirSync(CACHE, { recursive: true });
  for (const name of new Set(names)) {
    const given = join(process.env.KUBEBUILDER_ASSETS ?? CACHE, name);
    const built = join(CACHE, `${name}-${digest(name)}`);
    if (existsSync(given)) found.set(name, given);
    else if (existsSync(built) || build(name, built, say)) found.set(name, built);
  }
  return found;
}

/** Folder of the sources of a module that a program is built from: its CustomResourceDefinitions lie there. */
export function sourceOf(program: Program, module: string): string {
  const args = ['list', '-m', '-f', '{{.Dir}}', module];
  return execFileSync('go', args, { cwd: folderOf(program), encoding: 'utf8' }).trim();
}

/** Module and version that a program file was built from. Default: unknown. */
export function versionOf(file: string): string {
  const lines = execFileSync('go', ['version', '-m', file], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split('\t'));
  const path = lines.find(([word]) => word === 'path')?.[1] ?? '';
  const modules = lines.filter(
    ([word, module = '']) => (word === 'dep' || word === 'mod') && `${path}/`.startsWith(`${module}/`),
  );
  const [found] = modules.sort(([, a = ''], [, b = '']) => b.length - a.length);
  // A main of ours has no version; the library that it serves comes first.
  const ours = found?.[2] === '(devel)';
  const [, module, version] = (ours ? lines.find(([word]) => word === 'dep') : found) ?? [];
  return module === undefined ? 'unknown' : `${module} ${version}`;
}

function folderOf(name: Program): string {
  return join(__dirname, 'control-plane', name);
}

/** A program is built anew when its module changes. */
function digest(name: Program): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folderOf(name)).sort())
    hash.update(readFileSync(join(folderOf(name), file)));
  return hash.digest('hex').slice(0, 12);
}

/** Whether the program could be built: not without Go. A build that fails throws. */
function build(name: Program, output: string, say: (line: string) => void): boolean {
  if (spawnSync('go', ['version']).status !== 0) return false;
  say(`building ${name} once into ${output}: minutes on two cores`);
  const module = readFileSync(join(folderOf(name), 'go.mod'), 'utf8');
  const version = /k8s\.io\/kubernetes (v[0-9.]+)/.exec(module)?.[1];
  const flags = version === undefined ? [] : [`-X k8s.io/component-base/version.gitVersion=${version}`];
  execFileSync(
    'go',
    ['build', '-trimpath', '-ldflags', ['-s -w', ...flags].join(' '), '-o', output, 'tool'],
    {
      cwd: folderOf(name),
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  return true;
}
