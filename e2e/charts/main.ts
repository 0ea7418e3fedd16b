import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { KubernetesObject } from '../../lib/render/manifest';
import { documentsOf } from '../dist';
import { findChart, hasHelm, pull, reasonOf } from './helm';
import { judgeReleases, sharedObjects } from './outcome';
import { type Release, releasesOf } from './release';

const DIST = resolve(__dirname, '../../dist');

const HELP = `Templates every Helm chart that dist/ refers to with its values, twice, and judges what comes out.

  npm run charts -- --pull DIR    download the charts into DIR, at the versions of imports/versions.yaml
  npm run charts -- --from DIR    template and judge them, without network

Takes helm 4 from the PATH, or from HELM.
`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function main(): number {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, pull: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    say(HELP);
    return 0;
  }
  const clusters = readdirSync(DIST).sort();
  const releases = clusters.flatMap((cluster) => releasesOf(DIST, cluster));
  if (values.pull === undefined && values.from === undefined) {
    const charts = [...new Set(releases.map(({ chart, version }) => `${chart} ${version}`))].sort();
    say(`skipped ${charts.length} charts, because no folder was given: ${charts.join(', ')}`);
    say('npm run charts -- --help says how to get one');
    return 0;
  }
  if (!hasHelm()) return refuse('helm does not run: put helm 4 into the PATH, or its path into HELM');
  if (values.pull !== undefined) return download(values.pull, releases);
  const folder = resolve(values.from ?? '');
  if (!existsSync(folder)) return refuse(`there is no folder ${folder}`);
  const findings = clusters.map((cluster) => report(folder, cluster));
  return findings.some((count) => count > 0) ? 1 : 0;
}

function refuse(reason: string): number {
  process.stderr.write(`error: ${reason}\n`);
  return 2;
}

function download(folder: string, releases: readonly Release[]): number {
  mkdirSync(folder, { recursive: true });
  for (const release of releases) {
    const { chart, version } = release;
    if (findChart(folder, release) !== undefined) continue;
    try {
      pull(folder, release);
    } catch (error) {
      process.stderr.write(`error: ${chart} ${version}: ${reasonOf(error)}\n`);
      return 1;
    }
    say(`pulled ${chart} ${version}`);
  }
  return 0;
}

/** Prints the table of one cluster. Returns the number of findings. */
function report(folder: string, cluster: string): number {
  const own = documentsOf(DIST, cluster).map(({ object }) => object as unknown as KubernetesObject);
  const outcomes = judgeReleases(folder, releasesOf(DIST, cluster), own);
  const row = (application: string, chart: string, objects: string, findings: string) =>
    say(`${application.padEnd(30)}${chart.padEnd(38)}${objects.padStart(7)}  ${findings}`);
  say(`\n${cluster}`);
  row('application', 'chart', 'objects', 'findings');
  for (const { release, objects, findings } of outcomes) {
    const { application, chart, version } = release;
    row(application, `${chart} ${version}`, String(objects.length), String(findings.length));
    for (const finding of findings) say(`    ${finding}`);
  }
  const shared = sharedObjects(outcomes, own);
  for (const finding of shared) say(finding);
  return shared.length + outcomes.reduce((sum, { findings }) => sum + findings.length, 0);
}

process.exitCode = main();
