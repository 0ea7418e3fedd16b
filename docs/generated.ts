import { POLICIES } from '../charts/platform/admission/policies';
import { COMPONENTS } from '../charts/platform/components';
import { type Named, samplesOf } from '../lib/proofs/data';
import { PROOFS } from '../lib/proofs/proofs';
import { PATHS } from '../lib/proofs/reachability';
import { markdown } from '../lib/reference/markdown';
import { ClusterSchema } from '../lib/schema/cluster';
import { TenantSchema } from '../lib/schema/tenant';
import { componentsPage } from './components';
import { DARK, flow, LIGHT } from './flow';
import { infrastructurePage } from './infrastructure';
import { PROPERTIES } from './properties';
import { admissionPage, dataPage, networkPage, propertiesPage } from './security';

/** A cluster with a dataset of each sort. */
const EXAMPLE: Named = {
  name: 'prod',
  spec: {
    account: '111122223333',
    domain: 'ml.example.com',
    datasets: {
      mnist: { prefix: 'datasets/mnist/', readers: 'all' },
      scans: { prefix: 'datasets/scans/', readers: ['vision'] },
      text: { prefix: 'datasets/text/', readers: ['language'] },
    },
  },
};

/** What `npm run docs` makes of lib/schema, lib/infrastructure, versions.yaml and charts/platform: text by path. Checks and editors read the JSON, people the Markdown. */
export function generate(): Map<string, string> {
  const files = new Map([
    ['docs/operations/components.md', componentsPage(COMPONENTS)],
    ['docs/security/admission.md', admissionPage(POLICIES)],
    ['docs/security/data.md', dataPage(samplesOf(EXAMPLE, 'vision'))],
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
