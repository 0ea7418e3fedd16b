/** What a command is given: everything it may know of the process. */
export interface Context {
  /** Folder with tenants/, clusters/ and dist/. */
  readonly root: string;
  readonly args: readonly string[];
  readonly flags: Flags;
  /** Whether standard output and standard error are a terminal that shows colours. */
  readonly color: boolean;
  /** Whether a person waits at standard error, a terminal. */
  readonly waits: boolean;
  /** One line of the result, to standard output. */
  out(line: string): void;
  /** One line for the person who waits, to standard error; silent with --quiet. */
  talk(line: string): void;
  /** One line about what went wrong, to standard error. */
  fail(line: string): void;
}

export interface Flags {
  readonly [name: string]: string | boolean | readonly string[] | undefined;
}

export interface Option {
  readonly name: string;
  /** Name of the value in the help; an option without it is a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly text: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as the help shows them. */
  readonly args?: string;
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [command: string, text: string])[];
  /** Exit code: 0 good, 1 findings. Throws UsageError for 2. */
  run(context: Context): number | Promise<number>;
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {}

/** The text of an option, or undefined where it was not given. */
export function text(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be given several times. */
export function texts(flags: Flags, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? value : [];
}
