import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { Api } from './api';

/** Programs of the quick tier, built from e2e/control-plane/<name>/ unless KUBEBUILDER_ASSETS has them. */
const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const;
type Program = (typeof PROGRAMS)[number];

/** Where each program lies. */
export type Programs = ReadonlyMap<Program, string>;

/** What EKS has on beyond the defaults of kube-apiserver. */
const ADMISSION_PLUGINS = 'ExtendedResourceToleration';

/** A running control plane of its own, without nodes. */
export interface ControlPlane {
  readonly api: Api;
  readonly version: string;
  /** Folder with the logs of every program. */
  readonly logs: string;
  /** Ends every program; the logs stay where something failed. */
  stop(keepLogs?: boolean): void;
}

/** The program files, built once into a cache outside of the repository. */
export function findPrograms(say: (line: string) => void): Programs {
  const assets = process.env.KUBEBUILDER_ASSETS;
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tenantry', 'e2e');
  mkdirSync(cache, { recursive: true });
  return new Map(
    PROGRAMS.map((name) => {
      const given = assets === undefined ? undefined : join(assets, name);
      if (given !== undefined && existsSync(given)) return [name, given];
      const built = join(cache, `${name}-${digest(name)}`);
      if (!existsSync(built)) build(name, built, say);
      return [name, built];
    }),
  );
}

/** A program is built anew when its module changes. */
function digest(name: Program): string {
  const folder = join(__dirname, 'control-plane', name);
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}

function build(name: Program, output: string, say: (line: string) => void): void {
  say(`building ${name} once into ${output}: minutes on two cores`);
  const folder = join(__dirname, 'control-plane', name);
  const version = /k8s\.io\/kubernetes (v[0-9.]+)/.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1];
  const flags =
    version === undefined ? '-s -w' : `-s -w -X k8s.io/component-base/version.gitVersion=${version}`;
  execFileSync('go', ['build', '-trimpath', '-ldflags', flags, '-o', output, '.'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/**
 * Starts etcd and the API server, lets `install` make CRDs, then starts the controllers that quotas and namespaces
 * need: a quota on a kind that comes later counts nothing for minutes, so operators come before tenants here too.
 */
export async function startControlPlane(
  programs: Programs,
  install: (api: Api) => Promise<void>,
): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-e2e-'));
  const processes: ChildProcess[] = [];
  const start = (name: Program, args: readonly string[]) => {
    const log = openSync(join(folder, `${name}.log`), 'w');
    processes.push(spawn(programs.get(name) ?? name, args, { stdio: ['ignore', log, log] }));
  };
  const stop = () => {
    for (const child of processes.reverse()) child.kill('SIGKILL');
  };
  const [client, peer, secure] = [await freePort(), await freePort(), await freePort()];
  const token = randomBytes(16).toString('hex');
  writeSecrets(folder, token);
  const store = `http://127.0.0.1:${client}`;
  start('etcd', etcdFlags(folder, store, `http://127.0.0.1:${peer}`));
  start('kube-apiserver', apiServerFlags(folder, store, secure));
  try {
    const server = `https://127.0.0.1:${secure}`;
    const ca = await until(
      () => readIfThere(join(folder, 'apiserver.crt')),
      'the certificate of the API server',
    );
    const api = new Api({ server, ca, token });
    await until(
      async () => ((await api.send('GET', '/readyz')).status === 200 ? true : undefined),
      'the API server',
    );
    await install(api);
    start('kube-controller-manager', controllerFlags(folder, server, token));
    const { body } = await api.send('GET', '/version');
    const close = (keepLogs = false) => {
      api.close();
      stop();
      if (!keepLogs) rmSync(folder, { recursive: true, force: true });
    };
    return { api, version: String(body.gitVersion), logs: folder, stop: close };
  } catch (error) {
    stop();
    throw error;
  }
}

function writeSecrets(folder: string, token: string): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(folder, 'tokens.csv'), `${token},e2e,e2e,"system:masters"\n`, { mode: 0o600 });
}

function etcdFlags(folder: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ];
}

function apiServerFlags(folder: string, store: string, port: number): string[] {
  return [
    `--etcd-servers=${store}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    `--service-account-key-file=${join(folder, 'sa.key')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=172.20.0.0/16',
    '--authorization-mode=Node,RBAC',
    `--enable-admission-plugins=${ADMISSION_PLUGINS}`,
  ];
}

function controllerFlags(folder: string, server: string, token: string): string[] {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority': join(folder, 'apiserver.crt') } }],
    users: [{ name: 'e2e', user: { token } }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e' } }],
    'current-context': 'e2e',
  };
  writeFileSync(join(folder, 'kubeconfig'), dump(kubeconfig), { mode: 0o600 });
  return [
    `--kubeconfig=${join(folder, 'kubeconfig')}`,
    '--leader-elect=false',
    '--secure-port=0',
    `--service-account-private-key-file=${join(folder, 'sa.key')}`,
    '--controllers=namespace-controller,resourcequota-controller,serviceaccount-controller',
  ];
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Asks again and again until there is an answer, at most for a minute. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: nothing for a minute`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
