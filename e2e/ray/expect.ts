import { join, resolve } from 'node:path';
import { assert } from '../scenario';
import type { Place } from './cluster';
import { clientOf, type Misfit } from './environments';
import { CLIENT, python } from './notebook';
import { environmentOf } from './python';

const PROGRAMS = resolve(__dirname, '../../examples');

/** What each program of examples/ prints when it has worked. */
const EXAMPLES: Readonly<Record<string, RegExp>> = {
  core: /^sum of squares below 10000: 333283335000$/m,
  train: /^loss after training on two workers: 0\.0\d+$/m,
  tune: /^best learning rate: 0\.1$/m,
  serve: /^the model answers: 42\.0$/m,
};

/** A client gets an answer from a worker. */
export async function expectAnswer(environment: string, notebook: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await python(environment, CLIENT, notebook);
  assert(code === 0 && /^answer 42$/m.test(output), `no answer from Ray:\n${lastLines(output)}`);
}

/** A client gets none, and reads why. */
async function expectNoAnswer(
  environment: string,
  notebook: NodeJS.ProcessEnv,
  reason: string,
): Promise<void> {
  const { code, output } = await python(environment, CLIENT, notebook);
  assert(
    code !== 0 && output.includes(reason),
    `expected "${reason}", got exit code ${code}:\n${lastLines(output)}`,
  );
}

/** Without the token, and with another one, neither the client nor the dashboard answers. */
export async function expectLockedOut({ environment }: Place, notebook: NodeJS.ProcessEnv): Promise<void> {
  const { RAY_AUTH_MODE, RAY_AUTH_TOKEN_PATH, ...without } = notebook;
  // Ray Client does not tell a refused token from a server that is away (2.60.0).
  await expectNoAnswer(environment, without, 'ray client connection timeout');
  const dashboard = `${notebook.RAY_API_SERVER_ADDRESS}/api/jobs/`;
  for (const headers of [{}, { authorization: 'Bearer of-another-tenant' }]) {
    const { status } = await fetch(dashboard, { headers: headers as Record<string, string> });
    assert(status === 401 || status === 403, `the dashboard answers ${status} to a stranger`);
  }
}

/** A client of another Ray or Python fails as MISFITS says. */
export async function expectMisfit(
  misfit: Misfit,
  notebook: NodeJS.ProcessEnv,
  note: (line: string) => void,
): Promise<void> {
  await expectNoAnswer(environmentOf(clientOf(misfit), note), notebook, misfit.error);
}

/** Every program of examples/ runs in the notebook as it is. */
export async function expectExamples({ environment }: Place, notebook: NodeJS.ProcessEnv): Promise<void> {
  for (const [name, result] of Object.entries(EXAMPLES)) {
    const { code, output } = await python(environment, [join(PROGRAMS, `${name}.py`)], notebook);
    assert(
      code === 0 && result.test(output),
      `examples/${name}.py: exit code ${code}:\n${lastLines(output)}`,
    );
  }
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-15).join('\n');
}
