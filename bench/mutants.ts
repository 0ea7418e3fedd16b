import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dump, load } from 'js-yaml';
import { mutants } from '../e2e/mutants';
import { loadPlatform } from '../lib/check/platform';
import { judgeManifests } from '../lib/judge/manifests';
import { render } from '../lib/render/render';
import { inputs } from '../test/support/inputs';
import { print } from './measure';

/** Longest that one file may take. */
const MOST_MS = 1000;

/**
 * Mutates tenant files: none may crash or hang the check, and each that is accepted must render to objects that pass.
 * npm run mutants -- --count 1000000 --seed 1
 */
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 10_000);
const seed = Number(values.seed ?? 1);

const root = mkdtempSync(join(tmpdir(), 'tenantry-mutants-'));
const files = inputs();
for (const folder of ['clusters', 'tenants']) mkdirSync(join(root, folder));
for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
const seeds = ['tenants/red.yaml', 'tenants/blue.yaml'].map((file) => load(String(files[file])) as object);

const problems: string[] = [];
let accepted = 0;
let longest = 0;
const start = performance.now();
for (const mutant of mutants(seeds, count, seed)) {
  const name = (mutant as { metadata?: { name?: unknown } }).metadata?.name;
  const file = join(root, `tenants/${name === 'red' ? 'red' : 'blue'}.yaml`);
  const original = files[`tenants/${name === 'red' ? 'red' : 'blue'}.yaml`] ?? '';
  const text = dump(mutant);
  writeFileSync(file, text);
  const begun = performance.now();
  try {
    const { platform } = loadPlatform(root);
    if (platform !== undefined) {
      accepted++;
      const [found] = render(platform, (manifests) =>
        judgeManifests(manifests).map(({ issue }) => issue),
      ).issues;
      if (found !== undefined) problems.push(`${found.message}\n${text}`);
    }
  } catch (error) {
    problems.push(`crash: ${String(error)}\n${text}`);
  }
  const took = performance.now() - begun;
  longest = Math.max(longest, took);
  if (took > MOST_MS) problems.push(`${Math.round(took)} ms\n${text}`);
  writeFileSync(file, original);
}
rmSync(root, { recursive: true });
const seconds = ((performance.now() - start) / 1000).toFixed(0);
print(
  `seed ${seed}: ${count} files, ${accepted} accepted, ${count - accepted} refused, ${seconds} s, longest ${Math.round(longest)} ms, ${problems.length} problems`,
);
for (const problem of problems.slice(0, 10)) print(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
