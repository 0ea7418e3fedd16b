import { POLICIES } from '../charts/platform/admission/policies';
import { COMPONENTS } from '../charts/platform/components';
import { PROOFS } from '../lib/proofs/proofs';
import { PATHS } from '../lib/proofs/reachability';
import { markdown } from '../lib/reference/markdown';
import { ClusterSchema } from '../lib/schema/cluster';
import { TenantSchema } from '../lib/schema/tenant';
import { componentsPage } from './components';
import { DARK, flow, LIGHT } from './flow';
import { infrastructurePage } from './infrastructure';
import { PROPERTIES } from './properties';
import { admissionPage, networkPage, propertiesPage } from './security';

/** What `npm run docs` makes of lib/schema, lib/infrastructure, versions.yaml and charts/platform: text by path. Checks and editors read the JSON, people the Markdown. */
export function generate(): Map<string, string> {
  const files = new Map([
    ['docs/operations/components.md', componentsPage(COMPONENTS)],
    ['docs/security/admission.md', admissionPage(POLICIES)],
    ['docs/security/network.md', networkPage(PATHS, PROOFS)],
    ['docs/security/properties.md', propertiesPage(PROPERTIES)],
    ['docs/operations/infrastructure.md', infrastructurePage()],
    ['docs/images/flow-light.svg', flow(LIGHT)],
    ['docs/images/flow-dark.svg', flow(DARK)],
  ]);
  for (const [kind, schema] of [
    ['Tenant', TenantSchema],
    ['Cluster', ClusterSchema],
  ] as const) {
    const published = { $schema: 'http://json-schema.org/draft-07/schema#', ...schema };
    files.set(`imports/schemas/${kind.toLowerCase()}.json`, `${JSON.stringify(published, null, 1)}\n`);
    files.set(`docs/reference/${kind.toLowerCase()}.md`, markdown(kind, schema));
  }
  return files;
}
