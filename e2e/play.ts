import type { Scenario, Stage } from './scenario';

/** What became of a scenario on a cluster's dist/. */
export interface Result {
  readonly cluster: string;
  readonly scenario: Scenario;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** What it noted, and why it failed or was skipped. */
  readonly lines: readonly string[];
  /** What each twin changed, and what was noticed; undefined where nothing was. */
  readonly twins: ReadonlyMap<string, string | undefined>;
}

/** Runs a scenario, then its twins, each of which must fail. */
export async function play(scenario: Scenario, stage: Omit<Stage, 'note'>): Promise<Result> {
  const start = Date.now();
  const lines: string[] = [];
  const note = (line: string) => lines.push(line);
  const problem = await failure(() => scenario.run({ ...stage, note }));
  if (problem !== undefined) lines.push(problem);
  const twins = new Map<string, string | undefined>();
  for (const [change, twin] of Object.entries(scenario.twins)) {
    twins.set(change, await failure(() => twin({ ...stage, note: () => {} })));
  }
  const passed = problem === undefined && ![...twins.values()].includes(undefined);
  return {
    cluster: stage.cluster,
    scenario,
    outcome: passed ? 'passed' : 'failed',
    seconds: (Date.now() - start) / 1000,
    lines,
    twins,
  };
}

async function failure(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The lines that a person reads of a result. */
export function describe({ scenario, outcome, seconds, lines, twins }: Result): string {
  const word = { passed: 'pass', failed: 'FAIL', skipped: 'skip' }[outcome];
  const time = outcome === 'skipped' ? '' : ` (${seconds.toFixed(1)} s)`;
  const noticed = [...twins].map(([change, found]) =>
    found === undefined ? `NOT NOTICED: ${change}` : `noticed: ${change}: ${found.split('\n')[1] ?? found}`,
  );
  return [
    `${word} ${scenario.name}${time}: ${scenario.says}`,
    ...[...lines, ...noticed].map((line) => line.replaceAll(/^/gm, '     ')),
  ].join('\n');
}
