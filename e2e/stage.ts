import { Api } from './api';
import { type ControlPlane, startControlPlane } from './control-plane';
import { customResourceDefinitions, installDefinitions } from './crds';
import { documentsOf } from './dist';
import { connectionOf } from './kubeconfig';
import type { Operator, Site } from './operators/operator';
import type { Programs } from './programs';
import type { Stage } from './scenario';

/** A control plane with one cluster's dist/, and what ends it. */
export interface Setting {
  readonly plane: ControlPlane;
  readonly stage: Omit<Stage, 'note'>;
}

/** Starts a control plane of its own with operators beside it, in the order of the platform: operators before dist/. */
export async function ownStage(
  dist: string,
  cluster: string,
  programs: Programs,
  operators: readonly Operator[],
): Promise<Setting> {
  const documents = documentsOf(dist, cluster);
  let site: Site | undefined;
  const flags = operators.flatMap(({ controllerFlags = [] }) => controllerFlags);
  const install = async (bare: Omit<Site, 'documents'>) => {
    site = { ...bare, documents };
    if (!operators.some(({ syncs }) => syncs)) {
      await installDefinitions(bare.api, customResourceDefinitions());
    }
    for (const operator of operators) await operator.start(site);
  };
  const plane = await startControlPlane(programs, install, flags);
  if (site === undefined) throw new Error('a control plane without a site');
  return { plane, stage: { api: plane.api, cluster, documents, site } };
}

/** Takes the cluster of a kubeconfig file, which must not be in use: everything of dist/ is applied to it, and stays. */
export async function givenStage(dist: string, cluster: string, kubeconfig: string): Promise<Setting> {
  const api = new Api(connectionOf(kubeconfig));
  const { body } = await api.send('GET', '/version');
  const documents = documentsOf(dist, cluster);
  const namespaces = await api.list({ apiVersion: 'v1', kind: 'Namespace' }, 'tenantry.dev/tenant');
  if (namespaces.length > 0) {
    throw new Error(`the cluster of ${kubeconfig} has tenants already: take one that nobody uses`);
  }
  await installDefinitions(api, customResourceDefinitions());
  const plane = { api, version: String(body.gitVersion), stop: () => api.close() };
  const refuse = () => {
    throw new Error('no program is started beside a given cluster');
  };
  const site = {
    api,
    kubeconfig,
    folder: '',
    documents,
    program: refuse,
    start: refuse,
    memory: () => new Map(),
  };
  return { plane, stage: { api, cluster, documents, site } };
}
