import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { suggest } from '../check/did-you-mean';
import { check } from './check';
import { cluster } from './cluster';
import { type Command, type Context, type Flags, text, UsageError } from './command';
import { explain } from './explain';
import { commandHelp, help } from './help';
import { importCommand } from './import';
import { infra } from './infra';
import { list } from './list';
import { newTenant } from './new';
import { synth } from './synth';
import { validate } from './validate';

const COMMANDS: readonly Command[] = [
  synth,
  check,
  validate,
  newTenant,
  list,
  explain,
  infra,
  cluster,
  importCommand,
];

/** Options that every command takes. */
const COMMON = {
  root: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs the command line and sets the exit code: 0 good, 1 findings, 2 usage. */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  try {
    process.exitCode = await run(argv);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`tenantry: ${error.message}\n`);
      process.exitCode = 2;
      return;
    }
    const reason =
      error instanceof Error ? (process.env.TENANTRY_DEBUG ? error.stack : error.message) : String(error);
    process.stderr.write(`tenantry: ${reason}\n`);
    process.exitCode = 1;
  }
}

/** A reader that has seen enough, such as head, is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const [topic] = rest;
    process.stdout.write(topic === undefined ? help(COMMANDS) : commandHelp(findCommand(topic)));
    return 0;
  }
  const command = findCommand(name);
  const { flags, args } = parse(command, rest);
  if (flags.help === true) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  return command.run(context(flags, args));
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  if (name.startsWith('-')) throw new UsageError(`the command comes first: tenantry COMMAND ${name}`);
  const names = COMMANDS.map((candidate) => candidate.name);
  throw new UsageError(`unknown command "${name}"${didYouMean(name, names)}\nSee tenantry --help`);
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggest(word, candidates);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

function parse(command: Command, argv: readonly string[]): { flags: Flags; args: string[] } {
  const own = command.options.map(({ name, value, many = false }) => [
    name,
    { type: value === undefined ? 'boolean' : 'string', multiple: many },
  ]);
  const options = { ...COMMON, ...Object.fromEntries(own) };
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    if (command.args === undefined && positionals.length > 0) {
      throw new Error(`unexpected argument "${positionals[0]}"`);
    }
    return { flags: values as Flags, args: positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1];
    const names = Object.keys(options).map((name) => `--${name}`);
    const reason = unknown === undefined ? message : `unknown option ${unknown}${didYouMean(unknown, names)}`;
    throw new UsageError(`${reason}\nSee tenantry ${command.name} --help`);
  }
}

function context(flags: Flags, args: readonly string[]): Context {
  const given = text(flags, 'root');
  const root = given === undefined ? findRoot(process.cwd()) : resolve(given);
  if (!existsSync(root)) throw new UsageError(`--root ${given}: no such folder`);
  const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);
  return {
    root,
    args,
    flags,
    // Findings go to either of them, so both must show colours.
    waits: process.stderr.isTTY === true,
    color: process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env.NO_COLOR,
    out: write(process.stdout),
    talk: flags.quiet === true ? () => {} : write(process.stderr),
    fail: write(process.stderr),
  };
}

/** The nearest folder upwards that has tenants/ and clusters/, or else where we are: nothing is written elsewhere. */
function findRoot(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'tenants')) && existsSync(join(folder, 'clusters'))) return folder;
  }
  return from;
}
