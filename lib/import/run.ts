import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHARTS_FILE } from './charts';
import { download, readFrom } from './inputs';
import { applyPlan, type Outcome } from './outputs';
import { planImport } from './plan';
import { reasonOf } from './reason';
import { parseVersions, type Versions } from './versions';

/** Takes one line of output. */
type Log = (line: string) => void;

/**
 * Makes `<root>/imports` from its versions.yaml, with inputs below a folder or from the network.
 * Exit code: 0 done, 1 an input is bad and nothing was written, 2 there is no such folder.
 */
export async function makeImports(
  root: string,
  from: string | undefined,
  log: Log,
  fail: Log,
): Promise<number> {
  if (from !== undefined && !existsSync(from)) {
    fail(`error: there is no folder ${from}`);
    return 2;
  }
  const refuse = (problems: readonly string[]) => {
    for (const problem of problems) fail(`error: ${problem}`);
    fail('nothing written');
    return 1;
  };
  const versions = readVersions(join(root, 'imports/versions.yaml'));
  if (typeof versions === 'string') return refuse([`imports/versions.yaml: ${versions}`]);
  const plan = await planImport(versions, from === undefined ? download : readFrom(from));
  if (plan.problems.length > 0) return refuse(plan.problems);
  if ([...plan.files.keys()].every((path) => path === CHARTS_FILE))
    return refuse([`${from} has none of the inputs, such as ${plan.missing[0]}`]);
  for (const file of plan.missing) log(`missing  ${file}: what is made from it stays as it is`);
  report(applyPlan(join(root, 'imports'), plan), log);
  return 0;
}

/** What versions.yaml says, or what is wrong with it. */
function readVersions(path: string): Versions | string {
  try {
    return parseVersions(readFileSync(path, 'utf8'));
  } catch (error) {
    return reasonOf(error);
  }
}

function report(outcomes: readonly Outcome[], log: Log): void {
  for (const { path, action, size } of outcomes)
    log(`${action.padEnd(8)} imports/${path}  ${formatSize(size)}`);
  const total = outcomes.reduce((sum, { size }) => sum + size, 0);
  const count = (action: Outcome['action']) => outcomes.filter((outcome) => outcome.action === action).length;
  log(
    `${outcomes.length} files, ${formatSize(total)}: ${count('wrote')} written, ${count('same')} unchanged, ` +
      `${count('kept')} kept, ${count('removed')} removed`,
  );
}

function formatSize(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
