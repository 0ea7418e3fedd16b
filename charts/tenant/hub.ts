import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { datasetClaim, datasetPath, HUB_CONFIG_MAP, headService } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';

/**
 * How the one hub learns the tenant while it runs: state, members, granted profiles by name, Ray addresses.
 * Images, sizes and tolerations are not here: the hub takes them from its own catalogue.
 */
export class HubChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'hub', { labels: tenantLabels(placement) });
    new k8s.KubeConfigMap(this, 'ConfigMap-tenant', {
      metadata: { name: HUB_CONFIG_MAP, namespace: placement.tenant },
      data: { 'tenant.json': `${JSON.stringify(hubConfig(placement), null, 2)}\n` },
    });
  }
}

function hubConfig(placement: Placement) {
  const { tenant, displayName, state, allowed, spec, notebooks, ray, datasets, secrets } = placement;
  const { admins, users = [] } = spec.members;
  return {
    displayName,
    // The hub starts servers of active tenants only, and stops those of others.
    state,
    members: allowed.opens ? { admins, users } : { admins: [], users: [] },
    groups: placement.groups,
    profiles: notebooks.profiles.map(({ name }) => name),
    home: notebooks.home,
    idleTimeoutSeconds: notebooks.idleTimeoutSeconds,
    submitJobs: notebooks.submitJobs,
    datasets: datasets.map((name) => ({ name, claim: datasetClaim(name), path: datasetPath(name) })),
    secrets,
    // The first cluster is what a notebook connects to unless it says otherwise.
    ray: ray.clusters.map(({ name, image }) => ({
      name,
      address: `ray://${headService(name, tenant)}:10001`,
      dashboard: `http://${headService(name, tenant)}:8265`,
      rayVersion: image.ray,
      pythonVersion: image.python,
    })),
  };
}
