import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Api } from './api';
import { applyAll } from './apply';
import { findPrograms, type Programs, startControlPlane, until } from './control-plane';
import { customResourceDefinitions } from './crds';
import { documentsOf } from './dist';
import type { Scenario, Stage } from './scenario';
import { SCENARIOS } from './scenarios';
import { accepted } from './scenarios/accepted';

const DIST = resolve(__dirname, '../dist');

/** Namespaces that come with the operators' charts and not with dist/. */
const PLATFORM_NAMESPACES = ['argocd'];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || values.only === name);
  if (chosen.length === 0) {
    say(
      `--only ${values.only}: no such scenario; there are: ${SCENARIOS.map(({ name }) => name).join(', ')}`,
    );
    return 2;
  }
  const programs = findPrograms(say);
  let failed = 0;
  const clusters = readdirSync(DIST).sort();
  for (const cluster of clusters) failed += await playCluster(cluster, programs, chosen);
  const total = clusters.length;
  say(
    `${total * chosen.length - failed} passed, ${failed} failed, ${total * (SCENARIOS.length - chosen.length)} skipped`,
  );
  return failed === 0 ? 0 : 1;
}

/** Number of scenarios that failed on a fresh control plane with one cluster's dist/. */
async function playCluster(
  cluster: string,
  programs: Programs,
  chosen: readonly Scenario[],
): Promise<number> {
  const plane = await startControlPlane(programs, install);
  const stop = () => {
    plane.stop();
    process.exit(1);
  };
  process.on('SIGINT', stop);
  let failed = chosen.length;
  try {
    say(`\ncluster ${cluster} on Kubernetes ${plane.version}`);
    const stage: Stage = { api: plane.api, documents: documentsOf(DIST, cluster), note: say };
    if (!chosen.includes(accepted)) await applyAll(stage, stage.documents);
    failed = 0;
    for (const scenario of chosen) failed += (await play(scenario, stage)) ? 0 : 1;
    return failed;
  } finally {
    process.off('SIGINT', stop);
    plane.stop(failed > 0);
    if (failed > 0) say(`logs: ${plane.logs}`);
  }
}

/** CRDs and namespaces that dist/ expects to be there. */
async function install(api: Api): Promise<void> {
  const definitions = customResourceDefinitions();
  for (const definition of definitions) {
    const { status, body } = await api.create(definition);
    if (status !== 201) throw new Error(`${definition.metadata.name}: ${body.message}`);
  }
  for (const definition of definitions) {
    await until(async () => {
      const { body } = await api.get(definition);
      const conditions: { type: string; status: string }[] = body.status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === 'Established' && status === 'True') || undefined;
    }, definition.metadata.name);
  }
  for (const name of PLATFORM_NAMESPACES) {
    await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  api.forget();
}

/** Runs a scenario, then its twins, each of which must fail. */
async function play({ name, says, run, twins }: Scenario, stage: Stage): Promise<boolean> {
  const start = Date.now();
  const problem = await failure(() => run(stage));
  const noticed: [string, string | undefined][] = [];
  for (const [change, twin] of Object.entries(twins))
    noticed.push([change, await failure(() => twin(stage))]);
  const passed = problem === undefined && noticed.every(([, found]) => found !== undefined);
  say(`${passed ? 'pass' : 'FAIL'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s): ${says}`);
  if (problem !== undefined) say(indent(problem));
  for (const [change, found] of noticed) {
    say(
      indent(
        found === undefined
          ? `NOT NOTICED: ${change}`
          : `noticed: ${change}: ${found.split('\n')[1] ?? found}`,
      ),
    );
  }
  return passed;
}

async function failure(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '     ');
}

main()
  .then((code) => process.exit(code))
  .catch((error) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  });
