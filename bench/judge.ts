import { judge } from '../lib/judge/judge';
import { CURRENT_VERSION } from '../lib/judge/version';
import { readObjects } from '../lib/load/kubernetes/read';
import { loadSchema } from '../lib/model/schemas';

/** Rounds before the engine has compiled what it runs often. */
const WARM_UP = 5;
const ROUNDS = 10;

/** How many rendered objects a second one core judges, after start: as one line. */
export function judgeSpeed(files: ReadonlyMap<string, string>): string {
  const objects = [...files].flatMap(([path, text]) =>
    [...readObjects(path, Buffer.from(text))].map(({ value }) => value),
  );
  for (let round = 0; round < WARM_UP; round++) judgeAll(objects);
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) judgeAll(objects);
  const { user, system } = process.cpuUsage(before);
  const rate = (objects.length * ROUNDS) / ((user + system) / 1_000_000);
  return `judge: ${objects.length} objects, ${Math.round(rate)} objects a second of processor time`;
}

function judgeAll(objects: readonly unknown[]): void {
  for (const object of objects) {
    const [finding] = judge(object, { schemas: loadSchema, version: CURRENT_VERSION });
    if (finding !== undefined) throw new Error(`a rendered object is refused: ${finding.message}`);
  }
}
