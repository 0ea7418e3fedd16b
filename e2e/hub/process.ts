import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program beside the control plane that ends before it does. */
export class Process {
  private readonly child: ChildProcess;
  private readonly kill = () => this.child.kill('SIGKILL');

  constructor(log: string, command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    const output = openSync(log, 'a');
    this.child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output] });
    closeSync(output);
    process.once('exit', this.kill);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends it as a kubelet does, and waits. */
  async stop(): Promise<void> {
    process.off('exit', this.kill);
    if (!this.running) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    const impatient = setTimeout(this.kill, 20_000);
    this.child.kill('SIGTERM');
    await ended;
    clearTimeout(impatient);
  }
}
