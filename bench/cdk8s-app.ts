import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';

// What a plain cdk8s program does with the same objects: one chart a tenant, App.synth().
const [objects = '', outdir = ''] = process.argv.slice(2);
const app = new App({ outdir });
for (const file of readdirSync(objects)) {
  const chart = new Chart(app, file.replace('.json', ''));
  const list = JSON.parse(readFileSync(join(objects, file), 'utf8'));
  for (const [index, object] of list.entries()) new ApiObject(chart, `object-${index}`, object);
}
app.synth();
