import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { markdown } from '../lib/reference/markdown';
import { ClusterSchema } from '../lib/schema/cluster';
import { TenantSchema } from '../lib/schema/tenant';
import { DARK, flow, LIGHT } from './flow';

const root = resolve(__dirname, '..');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

for (const [kind, schema] of [
  ['Tenant', TenantSchema],
  ['Cluster', ClusterSchema],
] as const) {
  const published = { $schema: 'http://json-schema.org/draft-07/schema#', ...schema };
  write(`imports/schemas/${kind.toLowerCase()}.json`, `${JSON.stringify(published, null, 1)}\n`);
  write(`docs/reference/${kind.toLowerCase()}.md`, markdown(kind, schema));
}

write('docs/images/flow-light.svg', flow(LIGHT));
write('docs/images/flow-dark.svg', flow(DARK));
