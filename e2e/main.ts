import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { suggest } from '../lib/check/did-you-mean';
import { applyAll, untilBound } from './apply';
import { CONTROL_PLANE } from './control-plane';
import { documentsOf } from './dist';
import { describe, play, type Result } from './play';
import { findPrograms, type Program, type Programs } from './programs';
import { writeProven } from './proven';
import type { Scenario } from './scenario';
import { SCENARIOS } from './scenarios';
import { accepted } from './scenarios/accepted';
import { givenStage, ownStage } from './stage';

const DIST = resolve(__dirname, '../dist');

const HELP = `Runs scenarios against dist/ on a real control plane.

  npm run e2e                                  everything: minutes
  npm run e2e -- --quick                       what needs no operator: under a minute
  npm run e2e -- --only quota --cluster prod   one scenario on one cluster's dist/
  npm run e2e -- --kubeconfig FILE             the quick ones on a cluster to throw away, such as kind
  npm run e2e -- --charts DIR                  with the Helm charts there (npm run charts -- --pull DIR): the hub too
  npm run e2e -- --record                      write docs/proven.md as well

Programs come from the folder KUBEBUILDER_ASSETS, else are built once with Go.
Scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}
`;

const OPTIONS = {
  only: { type: 'string' },
  cluster: { type: 'string' },
  kubeconfig: { type: 'string' },
  quick: { type: 'boolean' },
  record: { type: 'boolean' },
  charts: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help === true) {
    say(HELP);
    return 0;
  }
  if (values.charts !== undefined) process.env.TENANTRY_CHARTS = resolve(values.charts);
  const clusters = choose('cluster', readdirSync(DIST).sort(), values.cluster);
  const names = choose(
    'only',
    SCENARIOS.map(({ name }) => name),
    values.only,
  );
  const wanted = SCENARIOS.filter((scenario) => names.includes(scenario.name) && fits(scenario, values));
  const programs =
    values.kubeconfig === undefined ? findPrograms(wanted.flatMap(programsOf), say) : new Map();
  const results: Result[] = [];
  for (const [index, cluster] of clusters.entries()) {
    const here = wanted.filter(({ once }) => once !== true || index === 0);
    const documents = documentsOf(DIST, cluster);
    const playable = here.filter((scenario) => {
      const why = scenario.lacks?.(cluster, documents);
      if (why !== undefined) results.push(skip(cluster, scenario, why));
      return why === undefined;
    });
    for (const group of groupsOf(playable))
      results.push(...(await playGroup(cluster, group, programs, values)));
  }
  const of = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  if (values.record === true) writeProven(results, programs);
  say(`\n${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped`);
  return of('failed') === 0 ? 0 : 1;
}

function choose(option: string, all: readonly string[], one: string | undefined): readonly string[] {
  if (one === undefined) return all;
  if (all.includes(one)) return [one];
  const hint = suggest(one, all);
  throw new TypeError(`--${option} ${one}: there is ${all.join(', ')}${hint && `; did you mean ${hint}?`}`);
}

/** A given cluster has operators of its own or none, so that only the quick tier is played there. */
function fits({ needs = [] }: Scenario, { quick, kubeconfig }: Options): boolean {
  return needs.length === 0 || (quick !== true && kubeconfig === undefined);
}

function programsOf({ needs = [] }: Scenario): Program[] {
  return [...CONTROL_PLANE, ...needs.flatMap(({ programs }) => programs)];
}

/** Scenarios with the same needs, in their order; some have a control plane of their own. */
function groupsOf(scenarios: readonly Scenario[]): Scenario[][] {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const operators = (scenario.needs ?? []).map(({ name }) => name).join(' ');
    const key = scenario.alone === true ? scenario.name : operators;
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  return [...groups.values()];
}

/** Plays scenarios on a fresh control plane with one cluster's dist/. */
async function playGroup(
  cluster: string,
  group: readonly Scenario[],
  programs: Programs,
  { kubeconfig }: Options,
): Promise<Result[]> {
  const operators = group[0]?.needs ?? [];
  const missing =
    kubeconfig === undefined ? group.flatMap(programsOf).filter((name) => !programs.has(name)) : [];
  if (missing.length > 0) {
    const why = `${[...new Set(missing)].join(', ')}: not in KUBEBUILDER_ASSETS, and Go is not here to build it`;
    return group.map((scenario) => skip(cluster, scenario, why));
  }
  const results: Result[] = [];
  const { plane, stage } =
    kubeconfig === undefined
      ? await ownStage(DIST, cluster, programs, operators)
      : await givenStage(DIST, cluster, kubeconfig);
  try {
    const beside = operators.map(({ name }) => name).join(', ');
    say(`\ncluster ${cluster} on Kubernetes ${plane.version}${beside && ` with ${beside}`}`);
    if (!group.includes(accepted) && !operators.some(({ syncs }) => syncs)) {
      await applyAll(stage, stage.documents);
      await untilBound(stage);
    }
    for (const scenario of group) {
      const result = await play(scenario, stage);
      say(describe(result));
      results.push(result);
    }
    return results;
  } finally {
    const failed = results.length < group.length || results.some(({ outcome }) => outcome === 'failed');
    plane.stop(failed);
    if (failed && plane.logs !== undefined) say(`logs: ${plane.logs}`);
  }
}

function skip(cluster: string, scenario: Scenario, why: string): Result {
  const result = {
    cluster,
    scenario,
    outcome: 'skipped',
    seconds: 0,
    lines: [why],
    twins: new Map(),
  } as const;
  say(describe(result));
  return result;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    const misuse = error instanceof TypeError;
    say(error instanceof Error ? ((misuse ? error.message : error.stack) ?? error.message) : String(error));
    process.exit(misuse ? 2 : 1);
  });
