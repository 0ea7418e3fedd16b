import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import type { Container, PodSpec } from '../../imports/core';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { Reference } from '../api';
import { assert, type Stage } from '../scenario';
import { freePort, until } from '../wait';
import { hubObjects, type Values } from './chart';
import { below, variableOf, writeMounts } from './mounts';
import { startNotebooks } from './notebook';
import { Process } from './process';

const ROOT = resolve(__dirname, '../..');
const NAMESPACE = 'jupyterhub';
/** The password of the first administrator, which external-secrets would make. */
export const PASSWORD = randomBytes(12).toString('hex');

/** What differs from dist/: values of the chart. */
export interface Change {
  readonly values?: (values: Values) => Values;
}

/** The hub, its proxy and its services, as their Deployments run them, against the control plane. */
export interface Hub {
  /** Where people reach it. */
  readonly url: string;
  /** Of a service with the rights of an administrator, for what no page shows. */
  readonly token: string;
  readonly log: string;
  /** Whether it has run without a break since it started. */
  running(): boolean;
  /** Puts approved accounts without a password into its database, as if people had signed up long ago. */
  addAccounts(names: readonly string[]): void;
  /** Ends the hub and starts it with other values; proxy, database and pods stay. */
  restart(change: Change): Promise<void>;
  stop(): Promise<void>;
}

/** The Python environment of hub/, or why there is none. */
export function pythonEnvironment(): { folder: string } | { missing: string } {
  try {
    return { folder: execFileSync(join(ROOT, 'hub/venv'), { encoding: 'utf8', stdio: 'pipe' }).trim() };
  } catch (error) {
    return { missing: String((error as { stderr?: string }).stderr ?? error).trim() };
  }
}

/** Starts the hub with what the chart renders; only addresses, folders and the notebook servers are others. */
export async function startHub(stage: Stage, change: Change = {}): Promise<Hub> {
  const environment = pythonEnvironment();
  assert('folder' in environment, 'the Python environment of hub/ is gone');
  const root = mkdtempSync(join(stage.site.folder, 'hub-'));
  const log = join(root, 'hub.log');
  const [hub, api, front] = [await freePort(), await freePort(), await freePort()];
  const notebooks = await startNotebooks();
  const token = randomBytes(16).toString('hex');
  const local = {
    hub,
    api,
    front,
    notebooks: notebooks.url,
    token,
    root,
    bin: join(environment.folder, 'bin'),
  };

  const objects = await render(stage, change);
  await applyAccount(stage, objects);
  const kubeconfig = await writeAccess(stage, root);
  const launch = (rendered: readonly KubernetesObject[]) => {
    const { spec, container } = podOf(rendered, 'hub');
    writeMounts(root, spec, container, rendered);
    writeLocal(local, kubeconfig);
    const [command = '', ...args] = (container.args ?? []).map((word) => below(root, word));
    const cwd = join(root, 'srv/jupyterhub');
    mkdirSync(cwd, { recursive: true });
    return new Process(
      log,
      join(local.bin, command),
      args,
      cwd,
      hubEnvironment(local, kubeconfig, container, rendered),
    );
  };
  const proxy = startProxy(local, objects, join(root, 'proxy.log'));
  let process_ = launch(objects);
  const url = `http://127.0.0.1:${front}`;
  const up = async () => {
    const answers = async () => !process_.running || (await fetch(`${url}/hub/health`)).ok || undefined;
    await until(answers, 'the hub', 90);
    assert(process_.running, `the hub ended: ${readFileSync(log, 'utf8').slice(-3000)}`);
  };
  const stop = async () => {
    await process_.stop();
    await proxy.stop();
    notebooks.stop();
  };
  try {
    await up();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    token,
    log,
    running: () => process_.running,
    addAccounts: (names) => {
      const file = join(root, 'srv/jupyterhub/jupyterhub.sqlite');
      execFileSync(join(local.bin, 'python'), ['-c', ADD_ACCOUNTS, file, ...names]);
    },
    restart: async (other) => {
      await process_.stop();
      // As Argo CD keeps them: secrets of the first rendering.
      process_ = launch(withSecretsOf(objects, await render(stage, other)));
      await up();
    },
    stop,
  };
}

async function render({ cluster }: Stage, { values = (same) => same }: Change): Promise<KubernetesObject[]> {
  const login = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'hub-login', namespace: NAMESPACE },
    stringData: { password: PASSWORD },
  };
  return [...hubObjects(cluster, values), login];
}

const ADD_ACCOUNTS = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    rows = [(name, b'') for name in sys.argv[2:]]
    database.executemany('insert into users_info (username, password, is_authorized) values (?, ?, 1)', rows)
`;

type Secret = KubernetesObject & { readonly data?: Record<string, string> };

/** What the Application's ignoreDifferences keep: random values of the chart's Secret. */
function withSecretsOf(
  first: readonly KubernetesObject[],
  next: readonly KubernetesObject[],
): KubernetesObject[] {
  const isHub = ({ kind, metadata }: KubernetesObject) => kind === 'Secret' && metadata.name === 'hub';
  const { data: kept = {} } = (first.find(isHub) ?? {}) as Secret;
  return next.map((object) => {
    if (!isHub(object)) return object;
    const { data = {} } = object as Secret;
    const random = Object.entries(kept).filter(([key]) => key.startsWith('hub.'));
    return { ...object, data: { ...data, ...Object.fromEntries(random) } };
  });
}

function podOf(objects: readonly KubernetesObject[], name: string): { spec: PodSpec; container: Container } {
  const found = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name) as
    | (KubernetesObject & { spec: { template: { spec: PodSpec } } })
    | undefined;
  const spec = found?.spec.template.spec;
  const [container] = spec?.containers ?? [];
  if (spec === undefined || container === undefined) throw new Error(`no Deployment ${name} is rendered`);
  return { spec, container };
}

/** The hub's own service account: what it may do is what dist/ grants it. */
async function applyAccount({ api }: Stage, objects: readonly KubernetesObject[]): Promise<void> {
  const account = objects.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === 'hub');
  assert(account !== undefined, 'the chart has no service account of the hub');
  const object = { ...account, metadata: { ...account.metadata, namespace: NAMESPACE } };
  const { status, body } = await api.apply(object as Reference, JSON.stringify(object));
  assert(status < 300, `the service account of the hub: ${body.message}`);
}

async function writeAccess({ api, site }: Stage, root: string): Promise<string> {
  const { status, body } = await api.send(
    'POST',
    `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/hub/token`,
    JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }),
    { 'content-type': 'application/json' },
  );
  assert(status === 201, `a token of the hub: ${body.message}`);
  const file = load(readFileSync(site.kubeconfig, 'utf8')) as { users: unknown };
  const path = join(root, 'kubeconfig');
  writeFileSync(path, dump({ ...file, users: [{ name: 'e2e', user: { token: body.status.token } }] }), {
    mode: 0o600,
  });
  return path;
}

interface Local {
  readonly hub: number;
  readonly api: number;
  readonly front: number;
  readonly notebooks: string;
  readonly token: string;
  readonly root: string;
  readonly bin: string;
}

/** Addresses of this machine in the place of those of Services and pods; rounds of the services in seconds. */
function writeLocal({ hub, api, notebooks, token, root }: Local, kubeconfig: string): void {
  const path = join(root, 'usr/local/etc/jupyterhub/jupyterhub_config.d/e2e.py');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `c.JupyterHub.hub_bind_url = c.JupyterHub.hub_connect_url = "http://127.0.0.1:${hub}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${api}"
c.KubeSpawner.get_pod_url = lambda spawner, pod: "${notebooks}"
for service in c.JupyterHub.services:
    service["command"] = [word.replace(":8081/", ":${hub}/") for word in service["command"]]
    service["environment"] = service.get("environment", {}) | {"KUBECONFIG": "${kubeconfig}", "TENANTRY_EVERY": "5"}
c.JupyterHub.services.append({"name": "e2e", "api_token": "${token}"})
c.JupyterHub.load_roles.append(
    {"name": "e2e", "scopes": ["admin:users", "admin:servers"], "services": ["e2e"]}
)
`,
  );
}

function hubEnvironment(
  { bin, hub, api, root }: Local,
  kubeconfig: string,
  { env = [] }: Container,
  objects: readonly KubernetesObject[],
): NodeJS.ProcessEnv {
  const own = env.map((variable) => [variable.name, below(root, variableOf(variable, NAMESPACE, objects))]);
  return {
    ...Object.fromEntries(own),
    PATH: `${bin}:${process.env.PATH}`,
    HOME: root,
    KUBECONFIG: kubeconfig,
    HUB_SERVICE_PORT: String(hub),
    PROXY_API_SERVICE_PORT: String(api),
  };
}

/** The proxy with the flags of its Deployment, but for addresses. */
function startProxy(
  { hub, api, front, root }: Local,
  objects: readonly KubernetesObject[],
  log: string,
): Process {
  const { container } = podOf(objects, 'proxy');
  const here: Readonly<Record<string, string>> = {
    '--ip': '127.0.0.1',
    '--api-ip': '127.0.0.1',
    '--port': String(front),
    '--api-port': String(api),
  };
  const args = (container.command ?? []).slice(1).map((word) => {
    const [flag = '', value = ''] = word.split(/=(.*)/s);
    return `${flag}=${here[flag] ?? value.replace('http://hub:$(HUB_SERVICE_PORT)', `http://127.0.0.1:${hub}`)}`;
  });
  const env = Object.fromEntries(
    (container.env ?? []).map((variable) => [variable.name, variableOf(variable, NAMESPACE, objects)]),
  );
  const program = require.resolve('configurable-http-proxy/bin/configurable-http-proxy');
  return new Process(log, process.execPath, [program, ...args], root, { ...process.env, ...env });
}
