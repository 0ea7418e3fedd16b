import { ApiObject, App, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ComponentApplicationsChart } from '../../argocd/components';
import { RootsChart } from '../../argocd/roots';
import { TenantApplicationsChart } from '../../argocd/tenant';
import { COMPONENTS } from '../../charts/platform/components';
import { TENANT_CHARTS } from '../../charts/tenant/charts';
import type { Cluster, Placement, Platform } from '../model/platform';
import type { KubernetesObject, Manifest } from './manifest';

/** Every object of the platform with the file it goes to, a cluster or a tenant at a time. Pure: no disk, clock or network. */
export function* collect(platform: Platform): Generator<Manifest[]> {
  for (const cluster of platform.clusters) yield collectCluster(cluster);
  for (const placement of platform.placements) yield collectTenant(placement);
}

/** Every object that a cluster has once. */
export function collectCluster(cluster: Cluster): Manifest[] {
  const app = new App();
  const manifests = (chart: Chart, path: string) => objectsOf(chart, cluster, cluster.source, path);
  return [
    ...manifests(new RootsChart(app, cluster), 'argocd/root/roots.yaml'),
    ...COMPONENTS.flatMap((component) => {
      const scope = new App();
      return [
        ...manifests(
          new ComponentApplicationsChart(scope, cluster, component),
          `argocd/platform/${component.name}.yaml`,
        ),
        ...(component.charts ?? []).flatMap((ChartOf) => {
          const chart = new ChartOf(scope, cluster);
          return manifests(chart, `platform/${component.name}/${chart.node.id}.yaml`);
        }),
      ];
    }),
  ];
}

/** One App a tenant: App.synth() over all of them takes quadratic time (cdk8s 2.70), and no tenant can see another. */
export function collectTenant(placement: Placement): Manifest[] {
  const { tenant, cluster, source } = placement;
  const scope: Construct = new App();
  return [
    ...objectsOf(new TenantApplicationsChart(scope, placement), cluster, source, `argocd/${tenant}.yaml`),
    ...TENANT_CHARTS.flatMap((ChartOf) => {
      const chart = new ChartOf(scope, placement);
      return objectsOf(chart, cluster, source, `tenants/${tenant}/${chart.node.id}.yaml`);
    }),
  ];
}

/** Objects of the whole tree: chart.apiObjects would give direct children only. */
function objectsOf(chart: Chart, cluster: Cluster, source: string, path: string): Manifest[] {
  const owner = { source, cluster: cluster.name, path: `${cluster.name}/${path}` };
  return chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => ({ object: object.toJson() as KubernetesObject, owner }));
}
