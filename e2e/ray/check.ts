import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { loadPlatform } from '../../lib/check/platform';
import type { ClusterFile } from '../../lib/schema/cluster';

const ROOT = resolve(__dirname, '../..');

/** Rules by which tenantry check refuses the repository's files when notebooks get an image of these versions. */
export function rulesAgainst({ ray, python }: { readonly ray: string; readonly python: string }): string[] {
  const root = mkdtempSync(join(tmpdir(), 'tenantry-check-'));
  try {
    for (const folder of ['tenants', 'clusters'])
      cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
    for (const name of readdirSync(join(root, 'clusters')).filter((file) => file.endsWith('.yaml'))) {
      const file = join(root, 'clusters', name);
      const cluster = load(readFileSync(file, 'utf8')) as ClusterFile;
      const { image, source } = Object.values(
        cluster.spec.images,
      )[0] as ClusterFile['spec']['images'][string];
      const other = { image: image.replace(/:[^/]*$/, `:${ray}-other`), ray, python, source };
      const profiles = Object.entries(cluster.spec.profiles).map(([key, { gpu, gpus, ...profile }]) => [
        key,
        { ...profile, image: 'other' },
      ]);
      cluster.spec = {
        ...cluster.spec,
        images: { ...cluster.spec.images, other },
        profiles: Object.fromEntries(profiles),
      };
      writeFileSync(file, dump(cluster));
    }
    return [...new Set(loadPlatform(root).issues.map(({ rule }) => rule))];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
