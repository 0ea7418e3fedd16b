import type { Body, Reference } from '../api';
import { cpuNodesOf, nodesOf, withNodes } from '../nodes';
import { ebs } from '../operators/ebs';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import type { Stage } from '../scenario';
import { findBrowser } from './browser';
import { chartMissing } from './chart';
import { pythonEnvironment } from './hub';

/** What a hub needs beside the control plane: pods run on KWOK's nodes, volumes are made of nothing. */
export const HUB_NEEDS = [scheduler, kwok, ebs];

/** Why the hub cannot be played on this machine. */
export function hubLacks(cluster: string): string | undefined {
  const python = pythonEnvironment();
  if ('missing' in python) return python.missing;
  if (findBrowser() === undefined) return 'no Chromium is here: install it, or put its path into CHROMIUM';
  return chartMissing(cluster);
}

/** Runs with nodes for CPU notebooks, and one for those of a GPU type. */
export async function withHubNodes(stage: Stage, gpuType: string, run: () => Promise<void>): Promise<void> {
  const gpu = nodesOf(stage.documents).filter(
    ({ metadata }) =>
      metadata.labels?.['tenantry.dev/gpu-type'] === gpuType &&
      metadata.labels?.['karpenter.sh/capacity-type'] === 'on-demand',
  );
  const cores = ({ status }: Body) => Number.parseInt(status.allocatable.cpu, 10);
  const [largest] = gpu.toSorted((a, b) => cores(b) - cores(a));
  await withNodes(
    stage,
    [...cpuNodesOf(stage.documents, 4), ...(largest === undefined ? [] : [largest])],
    run,
  );
}

interface TenantData {
  readonly members: { readonly admins: readonly string[]; readonly users: readonly string[] };
  readonly profiles: readonly string[];
  readonly datasets: readonly { readonly name: string; readonly claim: string }[];
  readonly ray: readonly { readonly address: string; readonly dashboard: string }[];
}

const configMap = (tenant: string): Reference => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'tenantry-tenant', namespace: tenant },
});

/** What the hub is told of a tenant. */
export async function tenantData({ api }: Stage, tenant: string): Promise<TenantData & Body> {
  const { body } = await api.get(configMap(tenant));
  return JSON.parse(body.data['tenant.json']);
}

/** Changes what the hub is told of a tenant, as a sync of Argo CD would. */
export async function changeTenant({ api }: Stage, tenant: string, data: unknown): Promise<void> {
  await api.patch(configMap(tenant), { data: { 'tenant.json': JSON.stringify(data) } });
}

/** The claims of a tenant's datasets, of which the volumes are not rendered yet. */
export async function makeDatasets(stage: Stage, tenant: string): Promise<void> {
  for (const { claim } of (await tenantData(stage, tenant)).datasets) {
    const spec = {
      storageClassName: 'home',
      accessModes: ['ReadOnlyMany'],
      resources: { requests: { storage: '1Gi' } },
    };
    await stage.api.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim, namespace: tenant },
      spec,
    } as Reference);
  }
}
