import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { assert } from '../scenario';
import { freePort, until } from '../wait';
import type { Place } from './cluster';
import { VARIABLES } from './environments';
import { startGroup } from './process';

const USER = 'ada';
const TOKEN = 'of-the-server';
const START_SECONDS = 120;

/** A notebook server as KubeSpawner starts it, with a stub for the hub; runs while it does, with its address. */
export async function withServer(
  { environment, folder }: Place,
  notebook: NodeJS.ProcessEnv,
  run: (address: string, headers: Record<string, string>) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const { hub, address } = await startHub();
  const prefix = `/user/${USER}/`;
  const server = startGroup(
    join(environment, 'bin/jupyterhub-singleuser'),
    // Root here, which no pod is.
    ['--ip=127.0.0.1', '--allow-root'],
    {
      ...VARIABLES,
      ...notebook,
      PATH: `${join(environment, 'bin')}:/usr/bin:/bin`,
      JUPYTERHUB_API_TOKEN: TOKEN,
      JUPYTERHUB_API_URL: `${address}/hub/api`,
      JUPYTERHUB_ACTIVITY_URL: `${address}/hub/api/users/${USER}/activity`,
      JUPYTERHUB_BASE_URL: '/',
      JUPYTERHUB_CLIENT_ID: `jupyterhub-user-${USER}`,
      JUPYTERHUB_HOST: '',
      JUPYTERHUB_OAUTH_CALLBACK_URL: `${prefix}oauth_callback`,
      JUPYTERHUB_OAUTH_ACCESS_SCOPES: JSON.stringify([`access:servers!user=${USER}`]),
      JUPYTERHUB_SERVICE_PREFIX: prefix,
      JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${port}${prefix}`,
      JUPYTERHUB_USER: USER,
    },
    join(folder, 'server.log'),
  );
  const headers = { authorization: `token ${TOKEN}` };
  const base = `http://127.0.0.1:${port}${prefix}`;
  try {
    await until(
      async () => {
        if (server.ended()) return false;
        return (await fetch(`${base}api/status`, { headers })).ok || undefined;
      },
      'jupyterhub-singleuser',
      START_SECONDS,
    );
    assert(!server.ended(), 'jupyterhub-singleuser has ended');
    await run(base, headers);
  } finally {
    await server.stop();
    hub.closeAllConnections();
    hub.close();
  }
}

/** What a server asks of its hub: its version, whose token it is, and to note activity. */
async function startHub(): Promise<{ hub: Server; address: string }> {
  const user = {
    name: USER,
    kind: 'user',
    admin: false,
    groups: [],
    scopes: [`access:servers!user=${USER}`],
  };
  const hub = createServer(({ url = '', headers }, response) => {
    const path = url.split('?')[0];
    const known = headers.authorization === `token ${TOKEN}`;
    const status = path === '/hub/api' || known ? 200 : 403;
    response.writeHead(status, { 'content-type': 'application/json', 'x-jupyterhub-version': '5.5.0' });
    response.end(JSON.stringify(path === '/hub/api' ? { version: '5.5.0' } : user));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => hub.listen(port, '127.0.0.1', resolve));
  return { hub, address: `http://127.0.0.1:${port}` };
}

/** JupyterLab answers its user only, and shows the Ray dashboard without asking for the token. */
export async function expectServer(place: Place, notebook: NodeJS.ProcessEnv): Promise<void> {
  await withServer(place, notebook, async (base, headers) => {
    const lab = await fetch(`${base}lab`, { headers });
    assert(lab.ok && (await lab.text()).includes('JupyterLab'), `JupyterLab: ${lab.status}`);
    const stranger = await fetch(`${base}api/status`, { redirect: 'manual' });
    assert(stranger.status === 403 || stranger.status === 302, `a stranger gets ${stranger.status}`);
    await expectDashboard(base, headers);
  });
}

async function expectDashboard(base: string, headers: Record<string, string>): Promise<void> {
  const dashboard = await fetch(`${base}ray-dashboard/`, { headers });
  const page = await dashboard.text();
  assert(
    dashboard.ok && page.includes('Ray Dashboard'),
    `Ray dashboard: ${dashboard.status}: ${page.slice(0, 300)}`,
  );
  const jobs = await fetch(`${base}ray-dashboard/api/jobs/`, { headers });
  assert(jobs.ok, `jobs by the dashboard: ${jobs.status}: ${(await jobs.text()).slice(0, 300)}`);
}
