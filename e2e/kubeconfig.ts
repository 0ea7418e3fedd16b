import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { load } from 'js-yaml';
import type { Connection } from './api';

interface Named {
  readonly name: string;
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly (Named & { context: { cluster: string; user: string } })[];
  readonly clusters: readonly (Named & { cluster: Record<string, string> & { server: string } })[];
  readonly users: readonly (Named & { user: Record<string, string> & { exec?: Exec } })[];
}

interface Exec {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: readonly { name: string; value: string }[];
}

/** The current context of a kubeconfig file: by certificate, token, or the program that it names, as kubectl reads it. */
export function connectionOf(path: string): Connection {
  const file = load(readFileSync(path, 'utf8')) as Kubeconfig;
  const { context } = named(file.contexts, file['current-context'], 'context');
  const { cluster } = named(file.clusters, context.cluster, 'cluster');
  const { user } = named(file.users, context.user, 'user');
  const bytes = (fields: Record<string, unknown>, field: string) => {
    const inline = fields[`${field}-data`];
    if (typeof inline === 'string') return Buffer.from(inline, 'base64').toString();
    const other = fields[field];
    return typeof other === 'string' ? readFileSync(resolve(dirname(path), other), 'utf8') : undefined;
  };
  const ca = bytes(cluster, 'certificate-authority');
  const cert = bytes(user, 'client-certificate');
  const key = bytes(user, 'client-key');
  const token = user.token ?? (user.exec === undefined ? undefined : tokenOf(user.exec));
  return {
    server: cluster.server,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(token && { token }),
  };
}

function named<T extends Named>(list: readonly T[], name: string, what: string): T {
  const found = list.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`the kubeconfig has no ${what} ${name}`);
  return found;
}

/** Runs the credential plugin of the user, such as `aws eks get-token`. */
function tokenOf({ command, args = [], env = [] }: Exec): string | undefined {
  const extra = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const output = execFileSync(command, [...args], { encoding: 'utf8', env: { ...process.env, ...extra } });
  return JSON.parse(output).status?.token;
}
