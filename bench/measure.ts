import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeSync } from 'node:fs';

export interface Run {
  readonly seconds: number;
  /** Peak resident memory in MB as the kernel counts it; undefined where it does not tell. */
  readonly megabytes: number | undefined;
}

/** Runs one command to its end; standard output goes to a file. */
export function measure(command: string, args: readonly string[], output: string): Promise<Run> {
  const stdout = openSync(output, 'w');
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['ignore', stdout, 'inherit'] });
  let megabytes: number | undefined;
  const poll = setInterval(() => {
    megabytes = peakOf(child.pid) ?? megabytes;
  }, 10);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(poll);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code === 0) resolve({ seconds, megabytes });
      else reject(new Error(`${command} ${args.join(' ')} exited with ${code}`));
    });
  });
}

/** Linux keeps the peak of a process in VmHWM. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints at once, also where standard output is a pipe. */
export function print(line: string): void {
  writeSync(1, `${line}\n`);
}
