import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';

/** Name of the n-th generated tenant. */
export function tenantName(n: number): string {
  return `team-${String(n).padStart(4, '0')}`;
}

/** A root folder with so many equal tenants on one cluster that has room for them; `min` CPU workers always run. */
export function generateRoot(root: string, names: readonly string[], min = 0): void {
  mkdirSync(join(root, 'tenants'), { recursive: true });
  mkdirSync(join(root, 'clusters'), { recursive: true });
  const cluster = load(readFileSync(join(__dirname, '../clusters/prod.yaml'), 'utf8')) as {
    spec: { pools: Record<string, unknown>; datasets: unknown };
  };
  cluster.spec.pools = {
    cpu: { families: ['m7i'], capacity: ['spot', 'on-demand'], limits: { cpu: 99_999, memory: '900Ti' } },
    l4: { gpu: 'l4', capacity: ['spot', 'on-demand'], limits: { gpus: 99_999 } },
    a10g: { gpu: 'a10g', capacity: ['spot', 'on-demand'], limits: { gpus: 99_999 } },
    h100: { gpu: 'h100', capacity: ['on-demand'], limits: { gpus: 99_999 } },
  };
  cluster.spec.datasets = { mnist: { prefix: 'datasets/mnist/', readers: 'all' } };
  writeFileSync(join(root, 'clusters/prod.yaml'), dump(cluster));
  for (const name of names) writeFileSync(join(root, 'tenants', `${name}.yaml`), tenantFile(name, min));
}

/** The same tenant under another name; only strings differ, so that a Helm chart can render it too. */
function tenantFile(name: string, min: number): string {
  return `apiVersion: tenantry.dev/v1alpha1
kind: Tenant
metadata: {name: ${name}}
spec:
  owner: owner-of-${name}@example.com
  members: {admins: [admin-of-${name}], users: [user-of-${name}]}
  clusters: [prod]
  quota:
    cpu: {interactive: 32, jobs: {guaranteed: 8, max: 16}}
    memory: {interactive: 128Gi, jobs: {guaranteed: 32Gi, max: 64Gi}}
    storage: 500Gi
    gpus: {a10g: {interactive: 4, jobs: {guaranteed: 2, max: 4}}}
  notebooks: {profiles: [cpu-small, gpu-a10g]}
  ray:
    clusters:
      - name: shared
        workers:
          - {name: cpu, cpu: 4, memory: 16Gi, min: ${min}, max: 4}
          - {name: gpu, gpu: a10g, max: 3}
  datasets: [mnist]
`;
}

/** A fresh copy of a generated root without its dist/. */
export function copyInputs(from: string, to: string): void {
  for (const folder of ['tenants', 'clusters'])
    cpSync(join(from, folder), join(to, folder), { recursive: true });
}
