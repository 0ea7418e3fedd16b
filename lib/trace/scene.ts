import type { Inputs } from '../check/inputs';
import type { Document } from '../load/yaml';
import { resolveCluster } from '../model/cluster';
import { resolvePlacement } from '../model/placement';
import { collectCluster, collectTenant } from '../render/collect';
import type { Manifest } from '../render/manifest';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';

/** One input file, and what is rendered of it on one cluster. */
export interface Scene {
  readonly document: Document;
  readonly file: object;
  readonly manifests: readonly Manifest[];
  /** What would be rendered of another file in its place. May throw on one that no check has seen. */
  render(file: object): Manifest[];
}

/** The scene of a source such as `tenants/vision.yaml`; undefined for a file that was not read. */
export function sceneOf({ tenants, clusters }: Inputs, source: string, cluster: string): Scene | undefined {
  const site = clusters.inputs.find(({ file }) => file.metadata.name === cluster);
  const input = [...tenants.inputs, ...clusters.inputs].find(({ document }) => document.file === source);
  if (site === undefined || input === undefined) return undefined;
  const render =
    input === site
      ? (file: object) => collectCluster(resolveCluster(file as ClusterFile, source))
      : (file: object) =>
          collectTenant(
            resolvePlacement(file as TenantFile, source, resolveCluster(site.file, site.document.file)),
          );
  return { document: input.document, file: input.file, manifests: render(input.file), render };
}
