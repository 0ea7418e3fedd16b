import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program with processes of its own, which end with it. */
export interface Running {
  /** Whether it has ended by itself. */
  ended(): boolean;
  stop(): Promise<void>;
}

/** Longest that Ray gets to end its processes. */
const GRACE_MS = 20_000;

/** Starts a program in a process group of its own; its output goes to a file. */
export function startGroup(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  logFile: string,
): Running {
  const log = openSync(logFile, 'a');
  const child = spawn(command, [...args], { stdio: ['ignore', log, log], env, detached: true });
  closeSync(log);
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => signalGroup(child, signal);
  const onExit = () => kill();
  process.once('exit', onExit);
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    ended: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      kill('SIGTERM');
      const impatience = setTimeout(kill, GRACE_MS);
      await exit;
      clearTimeout(impatience);
      // What outlived its parent.
      kill();
      process.off('exit', onExit);
    },
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end; output is what it prints and complains. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  seconds: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      command,
      [...args],
      { env, timeout: seconds * 1000, maxBuffer: 16 * 2 ** 20 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        const killed = error?.killed === true ? `\nended after ${seconds} s` : '';
        resolve({ code, output: `${stdout}${stderr}${killed}` });
      },
    );
  });
}
