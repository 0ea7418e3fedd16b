import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { loadPlatform } from '../lib/check/platform';
import { render } from '../lib/render/render';
import { writeHelmChart } from './helm-chart';
import { judgeSpeed } from './judge';
import { measure, median, print, type Run } from './measure';
import { objectsBelow, objectsIn } from './objects';
import { copyInputs, generateRoot, tenantName } from './tenants';

const TENANTS = Number(process.env.TENANTS ?? 1000);
const RUNS = Number(process.env.RUNS ?? 5);
const SAMPLE = 'sampletenant';
const HELM = process.env.HELM ?? 'helm';

// In memory where that can be had: thousands of small files measure the disk of the day, not the programs.
const MEMORY = '/dev/shm';
const base = process.env.TMPDIR ?? (existsSync(MEMORY) ? MEMORY : tmpdir());
const work = mkdtempSync(join(base, 'tenantry-bench-'));
const output = join(work, 'output');
const names = Array.from({ length: TENANTS }, (_, n) => tenantName(n));
const isTenant = (path: string) => /^prod\/(tenants|argocd)\/team-/.test(path);

interface Contender {
  readonly name: string;
  run(n: number): Promise<Run>;
}

async function main(): Promise<void> {
  const all = join(work, 'all');
  const tenth = join(work, 'tenth');
  generateRoot(all, names);
  generateRoot(tenth, names.slice(0, Math.ceil(TENANTS / 10)));
  print(judgeSpeed(renderAt(tenth)));
  const contenders = [
    tenantry(`tenantry synth, ${TENANTS} tenants`, all),
    tenantry(`tenantry synth, ${Math.ceil(TENANTS / 10)} tenants`, tenth),
    ...peers(all),
  ];
  const results = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let n = 0; n < RUNS; n++) {
    for (const { name, run } of contenders) {
      results.get(name)?.push(await run(n));
      print(`run ${n + 1} of ${RUNS}: ${name} ${results.get(name)?.at(-1)?.seconds.toFixed(2)} s`);
    }
  }
  table(contenders.map(({ name }) => [name, results.get(name) ?? []]));
}

/** A fresh dist/ each time: nothing to compare with, everything to write. */
function tenantry(name: string, inputs: string): Contender {
  return {
    name,
    run(n) {
      const root = join(work, `run-${name.replaceAll(/\W+/g, '-')}-${n}`);
      copyInputs(inputs, root);
      return measure(resolve(__dirname, '../bin/tenantry'), ['synth', '--root', root], output);
    },
  };
}

/** Helm and plain cdk8s with the same objects; each is asserted to give them before anything is timed. */
function peers(all: string): Contender[] {
  const ours = renderAt(all);
  const expected = [...ours]
    .filter(([path]) => isTenant(path))
    .flatMap(([, text]) => objectsIn(text))
    .sort();
  print(`${TENANTS} tenants, ${expected.length} objects, files in ${base}`);
  const helm = helmContender(expected);
  return [...(helm === undefined ? [] : [helm]), cdk8sContender(ours, expected)];
}

function renderAt(root: string): ReadonlyMap<string, string> {
  const { platform } = loadPlatform(root);
  if (platform === undefined) throw new Error('the generated tenants do not pass the check');
  return new Map([...render(platform).files].map(([path, bytes]) => [path, bytes.toString()]));
}

function helmContender(expected: readonly string[]): Contender | undefined {
  try {
    print(`helm ${execFileSync(HELM, ['version', '--short'], { encoding: 'utf8' }).trim()}`);
  } catch {
    print(`${HELM} was not found: skipped. Put helm on the PATH or its path into HELM.`);
    return undefined;
  }
  const sampleRoot = join(work, 'sample');
  generateRoot(sampleRoot, [SAMPLE]);
  const sample = new Map([...renderAt(sampleRoot)].filter(([path]) => path.includes(SAMPLE)));
  const chart = join(work, 'chart');
  writeHelmChart(chart, sample, SAMPLE, names);
  const args = ['template', 'tenants', chart];
  const text = execFileSync(HELM, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  assertEqual('helm template', objectsIn(text), expected);
  return { name: 'helm template', run: () => measure(HELM, args, output) };
}

function cdk8sContender(ours: ReadonlyMap<string, string>, expected: readonly string[]): Contender {
  const objects = join(work, 'objects');
  mkdirSync(objects);
  for (const name of names) {
    const texts = [...ours].filter(
      ([path]) => path === `prod/argocd/${name}.yaml` || path.startsWith(`prod/tenants/${name}/`),
    );
    writeFileSync(join(objects, `${name}.json`), JSON.stringify(texts.flatMap(([, text]) => loadAll(text))));
  }
  const run = (outdir: string) =>
    measure(process.execPath, ['--import', 'tsx', join(__dirname, 'cdk8s-app.ts'), objects, outdir], output);
  let asserted = false;
  return {
    name: 'cdk8s App.synth()',
    async run(n) {
      const outdir = join(work, `cdk8s-${n}`);
      const result = await run(outdir);
      if (!asserted) assertEqual('cdk8s', objectsBelow(outdir), expected);
      asserted = true;
      return result;
    },
  };
}

function assertEqual(name: string, actual: readonly string[], expected: readonly string[]): void {
  const wrong = expected.findIndex((object, index) => object !== actual[index]);
  if (actual.length !== expected.length || wrong >= 0) {
    throw new Error(
      `${name} gives other objects: ${actual.length} and ${expected.length}; ${actual[wrong]}\n${expected[wrong]}`,
    );
  }
  print(`${name}: the same ${actual.length} objects`);
}

function table(rows: readonly (readonly [string, readonly Run[]])[]): void {
  const base = median((rows[0]?.[1] ?? []).map(({ seconds }) => seconds));
  print(
    `\n| median of ${RUNS} interleaved runs | wall s | peak MB | wall, ratio to the first row |\n|---|--:|--:|--:|`,
  );
  for (const [name, runs] of rows) {
    const seconds = median(runs.map((run) => run.seconds));
    const peaks = runs.flatMap(({ megabytes }) => megabytes ?? []);
    const peak = peaks.length === 0 ? 'unknown' : median(peaks).toFixed(0);
    print(`| ${name} | ${seconds.toFixed(2)} | ${peak} | ${(seconds / base).toFixed(2)} |`);
  }
}

main()
  .catch((error) => {
    print(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  })
  .finally(() => rmSync(work, { recursive: true, force: true }));
