import type { Answer } from './api';
import { assert } from './scenario';

/** The API server answers with this status. */
export async function expectStatus(answer: Promise<Answer>, status: number): Promise<void> {
  const { status: got, body } = await answer;
  assert(got === status, `expected ${status}, got ${got}: ${body.message}`);
}

/** The API server forbids it, and says why. */
export async function expectRefusal(answer: Promise<Answer>, reason: string): Promise<void> {
  const { status, body } = await answer;
  assert(
    status === 403 && body.message?.includes(reason) === true,
    `expected a refusal by "${reason}", got ${status}: ${body.message}`,
  );
}
