import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRoot, tenantName } from '../../bench/tenants';
import type { Reference } from '../api';
import { type Document, renderDocuments } from '../dist';
import { type Change, type Hub, startHub } from '../hub/hub';
import { notebooksIn } from '../hub/pods';
import { HUB_NEEDS, hubLacks, withHubNodes } from '../hub/stage';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';

const TENANTS = 200;
/** Below the hub's own limit of servers that start at once, 64. */
const AT_ONCE = 20;

/** One hub for many namespaces: it starts, stops and answers while a server runs in each. */
export const hubScale: Scenario = {
  name: 'hub-scale',
  says: `a server starts in each of ${TENANTS} tenants, the hub answers meanwhile with one watch for all, and all of them stop`,
  needs: HUB_NEEDS,
  once: true,
  alone: true,
  lacks: hubLacks,
  run: (stage) => fill(stage, TENANTS, {}, 300),
  twins: {
    'two watches a namespace, as KubeSpawner has them': (stage) => fill(stage, 5, { values: watchEach }, 100),
  },
};

async function fill(stage: Stage, count: number, change: Change, seconds: number): Promise<void> {
  const names = Array.from({ length: count }, (_, n) => tenantName(n));
  for (const { object, text } of generate(stage.cluster, names)) {
    const { status, body } = await stage.api.apply(object, text);
    assert(status < 300, `${object.kind} of ${object.metadata.namespace}: ${body.message}`);
  }
  await withHubNodes(stage, 'a10g', async () => {
    const hub = await startHub(stage, change);
    const deadline = Date.now() + seconds * 1000;
    hub.addAccounts(names.map(userOf));
    try {
      const since = Date.now();
      const starting = inParallel(names, (name) => start(stage, hub, name, deadline));
      const [longest] = await Promise.all([longestAnswer(hub, starting), starting]);
      stage.note(`${count} servers in ${count} namespaces started in ${passed(since)} s, ${AT_ONCE} at once`);
      stage.note(`meanwhile the hub answered in ${longest} ms at most`);
      expectOneWatch(hub);
      const stopping = Date.now();
      await inParallel(names, (name) => stop(stage, hub, name, deadline));
      stage.note(`stopped in ${passed(stopping)} s`);
    } finally {
      await hub.stop();
      for (const name of names) {
        for (const { metadata } of await notebooksIn(stage, name))
          await stage.api.delete({ apiVersion: 'v1', kind: 'Pod', metadata });
      }
    }
  });
}

/** Namespaces, rights and ConfigMaps of tenants: all that a hub needs of them. */
function generate(cluster: string, names: readonly string[]): Document[] {
  const root = mkdtempSync(join(tmpdir(), 'tenantry-hub-'));
  try {
    generateRoot(root, names);
    return renderDocuments(root, cluster).filter(({ path }) =>
      /^tenants\/team-.*\/(namespace|access|hub)\.yaml$/.test(path),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function start(stage: Stage, hub: Hub, tenant: string, deadline: number): Promise<void> {
  const user = userOf(tenant);
  await ask(hub, 'POST', `users/${user}`);
  await stage.api.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'dataset-mnist', namespace: tenant },
    spec: {
      storageClassName: 'home',
      accessModes: ['ReadOnlyMany'],
      resources: { requests: { storage: '1Gi' } },
    },
  } as Reference);
  const { status, text } = await ask(hub, 'POST', `users/${user}/server`, {
    profile: `${tenant}--cpu-small`,
  });
  assert(status === 201 || status === 202, `the server of ${user}: ${status} ${text}`);
  await until(
    async () => {
      const { text } = await ask(hub, 'GET', `users/${user}`);
      return JSON.parse(text).servers['']?.ready === true || undefined;
    },
    `a server of ${user}`,
    Math.max(1, (deadline - Date.now()) / 1000),
  );
}

async function stop(stage: Stage, hub: Hub, tenant: string, deadline: number): Promise<void> {
  await ask(hub, 'DELETE', `users/${userOf(tenant)}/server`);
  await until(
    async () => (await notebooksIn(stage, tenant)).length === 0 || undefined,
    `the end of the server in ${tenant}`,
    Math.max(1, (deadline - Date.now()) / 1000),
  );
}

async function ask(hub: Hub, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${hub.url}/hub/api/${path}`, {
    method,
    headers: { authorization: `token ${hub.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Two watches a namespace, of pods and of events, would be held for ever on one pool of connections. */
function expectOneWatch({ log }: Hub): void {
  const watches = readFileSync(log, 'utf8').match(/watching for pods .*/g) ?? [];
  assert(watches.length === 1, `the hub holds ${watches.length} watches of pods, such as ${watches[0]}`);
}

/** Longest time of an answer while something goes on. */
async function longestAnswer(hub: Hub, work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let goesOn = true;
  const end = () => {
    goesOn = false;
  };
  work.then(end, end);
  while (goesOn) {
    const since = Date.now();
    const { status } = await ask(hub, 'GET', 'users?limit=50');
    assert(status === 200, `the hub answers ${status}`);
    longest = Math.max(longest, Date.now() - since);
  }
  return longest;
}

async function inParallel(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  const left = [...names];
  const one = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) await work(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

function userOf(tenant: string): string {
  return `user-of-${tenant}`;
}

function passed(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

/** It is no option of the hub: the module of dist/ is changed. */
const watchEach: NonNullable<Change['values']> = (values) => {
  const [from, to] = ['enable_user_namespaces = Bool(True)', 'enable_user_namespaces = Bool(False)'];
  const text = JSON.stringify(values);
  assert(text.includes(from), `the hub's module has no ${from}`);
  return JSON.parse(text.replace(from, to));
};
