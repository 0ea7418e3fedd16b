import type { Issue } from '../issue';
import { resolveCluster } from '../model/cluster';
import { clusterNames, resolvePlacement } from '../model/placement';
import type { Cluster, Placement, Platform } from '../model/platform';
import type { TenantFile } from '../schema/tenant';
import { checkBudget } from './budget';
import { checkCapacity } from './capacity';
import { checkCluster } from './cluster';
import { checkGroups } from './groups';
import { checkDomains, checkHosts } from './hosts';
import { type Input, type Inputs, loadInputs } from './inputs';
import { checkPlacement } from './placement';
import { checkRayItems } from './ray-items';
import { reporter } from './reporter';
import { checkRoles } from './roles';
import { checkTenant } from './tenant';

/** Reads and checks all inputs below root. The platform is there only where nothing was found. */
export function loadPlatform(root: string): { platform?: Platform; issues: Issue[] } {
  const inputs = loadInputs(root);
  const issues = [...inputs.issues];
  // Without one of the folders every name of the other would be unknown.
  if (issues.some(({ source }) => source === undefined)) return { issues };
  checkReferences(inputs, issues);
  const platform = resolve(inputs, issues);
  return issues.some(({ level }) => level === 'error') ? { issues } : { platform, issues };
}

/** Everything that one file says about another. */
function checkReferences({ tenants, clusters }: Inputs, issues: Issue[]): void {
  const byName = new Map(clusters.inputs.map(({ file }) => [file.metadata.name, file]));
  for (const { document, file } of clusters.inputs) {
    checkCluster(file, tenants.names, reporter(document, issues));
  }
  for (const { document, file } of tenants.inputs) {
    const report = reporter(document, issues);
    checkTenant(file, clusters.names, report);
    checkRayItems(file, report);
    for (const name of clusterNames(file.spec)) {
      const cluster = byName.get(name);
      if (cluster !== undefined) checkPlacement(file, cluster, report);
    }
  }
  issues.push(
    ...checkDomains(clusters.inputs),
    ...checkHosts(tenants.inputs, byName),
    ...checkGroups(tenants.inputs),
    ...checkRoles(tenants.inputs),
  );
}

/** Models of the files that nothing was found in, and the sums over them. */
function resolve({ tenants, clusters }: Inputs, issues: Issue[]): Platform {
  const broken = new Set(issues.filter(({ level }) => level === 'error').map(({ source }) => source?.file));
  const isSound = ({ document }: Input<unknown>) => !broken.has(document.file);
  const resolved: Cluster[] = [];
  const placements: Placement[] = [];
  for (const input of clusters.inputs.filter(isSound)) {
    const cluster = resolveCluster(input.file, input.document.file);
    const here = tenants.inputs
      .filter(isSound)
      .filter(({ file }) => clusterNames(file.spec).includes(cluster.name));
    const placed = here.map((tenant) => place(tenant, cluster, issues));
    checkCapacity(input, cluster, placed, issues);
    resolved.push(cluster);
    placements.push(...placed);
  }
  return { clusters: resolved, placements };
}

function place(tenant: Input<TenantFile>, cluster: Cluster, issues: Issue[]): Placement {
  const placement = resolvePlacement(tenant.file, tenant.document.file, cluster);
  checkBudget(tenant, placement, issues);
  return placement;
}
