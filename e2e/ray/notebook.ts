import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Body } from '../api';
import type { Document } from '../dist';
import { assert } from '../scenario';
import type { Place } from './cluster';
import { VARIABLES } from './environments';
import { type Outcome, runProgram } from './process';

/** Longest that a program of a notebook takes on two busy cores. */
const PROGRAM_SECONDS = 300;

/** Variables that the hub gives a notebook of a tenant for its first Ray cluster; its head is on this machine. */
export function notebookOf(
  documents: readonly Document[],
  namespace: string,
  { folder }: Place,
  token?: string,
): NodeJS.ProcessEnv {
  const found = documents.find(
    ({ object }) =>
      object.kind === 'ConfigMap' &&
      object.metadata.namespace === namespace &&
      object.metadata.name === 'tenantry-tenant',
  )?.object as Body | undefined;
  const [ray] = JSON.parse(found?.data['tenant.json'] ?? '{}').ray ?? [];
  assert(ray !== undefined, `dist/ tells the hub of no Ray cluster in ${namespace}`);
  const here = (address: string) => address.replace(new URL(address).hostname, '127.0.0.1');
  const file = join(folder, 'token-of-notebook');
  if (token !== undefined) writeFileSync(file, token, { mode: 0o600 });
  return {
    HOME: join(folder, 'home'),
    RAY_ADDRESS: here(ray.address),
    RAY_API_SERVER_ADDRESS: here(ray.dashboard),
    ...(token === undefined ? {} : { RAY_AUTH_MODE: 'token', RAY_AUTH_TOKEN_PATH: file }),
  };
}

/** Runs Python in an environment as a notebook's terminal would. */
export function python(
  environment: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const bin = join(environment, 'bin');
  const env = { ...VARIABLES, ...variables, PATH: `${bin}:/usr/bin:/bin` };
  return runProgram(join(bin, 'python'), args, env, PROGRAM_SECONDS);
}

/** A client that says so when it has got an answer from a worker. */
export const CLIENT = [
  '-c',
  'import ray; ray.init(); print("answer", ray.get(ray.remote(lambda: 6 * 7).remote()))',
];
