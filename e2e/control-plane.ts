import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { Api } from './api';
import type { Site } from './operators/operator';
import type { Program, Programs } from './programs';
import { freePort, until } from './wait';

/** Programs that every control plane consists of. */
export const CONTROL_PLANE: readonly Program[] = ['etcd', 'kube-apiserver', 'kube-controller-manager'];

/** What EKS has on beyond the defaults of kube-apiserver. */
const ADMISSION_PLUGINS = 'ExtendedResourceToleration';

/** A running control plane. */
export interface ControlPlane {
  readonly api: Api;
  readonly version: string;
  /** Folder with the logs of every program. Default: none, it was given. */
  readonly logs?: string;
  /** Ends every program that was started; the logs stay where something failed. */
  stop(keepLogs?: boolean): void;
}

/**
 * Starts etcd and the API server, lets `install` make CRDs and start operators, then starts the controllers of
 * Kubernetes: a quota on a kind that comes later counts nothing for minutes, so operators come before tenants here too.
 * `flags` are more of kube-controller-manager.
 */
export async function startControlPlane(
  programs: Programs,
  install: (site: Omit<Site, 'documents'>) => Promise<void>,
  flags: readonly string[] = [],
): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-e2e-'));
  const processes = new Map<string, ChildProcess>();
  const program = (name: Program) => programs.get(name) ?? name;
  const start: Site['start'] = (name, command, args, env = process.env) => {
    const log = openSync(join(folder, `${name}.log`), 'w');
    processes.set(name, spawn(command, args, { stdio: ['ignore', log, log], env }));
    closeSync(log);
  };
  const kill = () => {
    for (const child of processes.values()) child.kill('SIGKILL');
  };
  process.once('exit', kill);
  try {
    const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
    const token = randomBytes(16).toString('hex');
    const server = `https://127.0.0.1:${port}`;
    const store = `http://127.0.0.1:${client}`;
    writeSecrets(folder, token);
    const kubeconfig = writeKubeconfig(folder, server, token);
    start('etcd', program('etcd'), etcdFlags(folder, store, `http://127.0.0.1:${peer}`));
    start('kube-apiserver', program('kube-apiserver'), apiServerFlags(folder, store, port));
    const api = await connect(folder, server, token);
    await install({ api, kubeconfig, folder, program, start, memory: () => memoryOf(processes) });
    start('kube-controller-manager', program('kube-controller-manager'), [
      ...controllerFlags(folder, kubeconfig),
      ...flags,
    ]);
    const { body } = await api.send('GET', '/version');
    const stop = (keepLogs = false) => {
      api.close();
      kill();
      process.off('exit', kill);
      if (!keepLogs) rmSync(folder, { recursive: true, force: true });
    };
    return { api, version: String(body.gitVersion), logs: folder, stop };
  } catch (error) {
    kill();
    throw error;
  }
}

function memoryOf(processes: ReadonlyMap<string, ChildProcess>): ReadonlyMap<string, number> {
  return new Map(
    [...processes].flatMap(([name, { pid }]): [string, number][] => {
      const path = `/proc/${pid}/status`;
      const kibibytes = existsSync(path)
        ? /^VmRSS:\s*(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1]
        : undefined;
      return kibibytes === undefined ? [] : [[name, Math.round(Number(kibibytes) / 1024)]];
    }),
  );
}

async function connect(folder: string, server: string, token: string): Promise<Api> {
  const certificate = join(folder, 'apiserver.crt');
  const ca = await until(
    () => (existsSync(certificate) ? readFileSync(certificate, 'utf8') : undefined),
    'the certificate of the API server',
  );
  const api = new Api({ server, ca, token });
  await until(
    async () => ((await api.send('GET', '/readyz')).status === 200 ? true : undefined),
    'the API server',
  );
  return api;
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

function writeKubeconfig(folder: string, server: string, token: string): string {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority': join(folder, 'apiserver.crt') } }],
    users: [{ name: 'e2e', user: { token } }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e' } }],
    'current-context': 'e2e',
  };
  const path = join(folder, 'kubeconfig');
  writeFileSync(path, dump(kubeconfig), { mode: 0o600 });
  return path;
}

function controllerFlags(folder: string, kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--use-service-account-credentials=false',
    // With its 20 requests a second (1.36) quotas and deletions of a hundred nodes and pods lag behind.
    '--kube-api-qps=200',
    '--kube-api-burst=400',
    `--service-account-private-key-file=${join(folder, 'sa.key')}`,
  ];
}
