import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';

/**
 * A Helm chart that gives the same objects as Tenantry: the text of one rendered tenant, with its name as the
 * template's variable, in a loop over all tenants.
 */
export function writeHelmChart(
  folder: string,
  files: ReadonlyMap<string, string>,
  sample: string,
  names: readonly string[],
): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), dump({ apiVersion: 'v2', name: 'tenants', version: '0.0.1' }));
  writeFileSync(join(folder, 'values.yaml'), dump({ tenants: names.map((name) => ({ name })) }));
  for (const [path, text] of files) {
    const template = text.replaceAll('{{', '{{ "{{" }}').replaceAll(sample, '{{ .name }}');
    const name = path.replaceAll('/', '-').replace(sample, 'tenant');
    writeFileSync(
      join(folder, 'templates', name),
      `{{- range .Values.tenants }}\n---\n${template}{{- end }}\n`,
    );
  }
}
