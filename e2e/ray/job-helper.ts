import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionOf } from '../kubeconfig';
import { assert, type Stage } from '../scenario';
import { IMAGE } from './environments';
import { type Outcome, runProgram } from './process';
import { type Environment, environmentOf } from './python';

/** The helper and its client of Kubernetes at the image's versions, without the gigabytes of the rest. */
const HELPER: Environment = {
  ...IMAGE,
  name: 'tenantry-job',
  requirements: IMAGE.requirements.filter((line) => /^(kubernetes|pyyaml)==/.test(line)),
};

/** Longest that one command takes. */
const COMMAND_SECONDS = 60;

export type Helper = (...args: string[]) => Promise<Outcome>;

/** tenantry-job in a notebook of a namespace, by the projected token of a service account of a tenant. */
export async function withHelper(
  stage: Stage,
  account: { readonly tenant: string; readonly name: string },
  namespace: string,
  run: (helper: Helper) => Promise<void>,
): Promise<void> {
  const environment = environmentOf(HELPER, stage.note);
  const { server, ca = '' } = connectionOf(stage.site.kubeconfig);
  const folder = mkdtempSync(join(tmpdir(), 'notebook-'));
  const files = { token: await tokenFor(stage, account), 'ca.crt': ca, namespace };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const { hostname, port } = new URL(server);
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: folder,
    JUPYTERHUB_USER: 'ada',
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    TENANTRY_SERVICE_ACCOUNT: folder,
  };
  try {
    await run((...args) => runProgram(join(environment, 'bin/tenantry-job'), args, env, COMMAND_SECONDS));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the kubelet asks for a projected token. */
async function tokenFor(
  { api }: Stage,
  { tenant, name }: { readonly tenant: string; readonly name: string },
): Promise<string> {
  const answer = await api.send(
    'POST',
    `/api/v1/namespaces/${tenant}/serviceaccounts/${name}/token`,
    JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }),
    { 'content-type': 'application/json' },
  );
  assert(answer.status === 201, `token of ${tenant}/${name}: ${answer.status} ${answer.body.message}`);
  return answer.body.status.token;
}
