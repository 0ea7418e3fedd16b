import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files by their path in a repository. */
export type Files = ReadonlyMap<string, string>;

/** What a machine or a person has configured must not matter. */
export const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'e2e',
  GIT_AUTHOR_EMAIL: 'e2e@example.com',
  GIT_COMMITTER_NAME: 'e2e',
  GIT_COMMITTER_EMAIL: 'e2e@example.com',
} as const;

/** A Git repository with a work tree, in a folder that `git http-backend` can serve. */
export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the repository, with one branch. */
  init(branch: string): void {
    mkdirSync(this.folder, { recursive: true });
    this.git('init', '--quiet', `--initial-branch=${branch}`);
  }

  /** Makes the work tree equal to the files and commits it. Returns the commit. */
  commit(files: Files, message: string): string {
    this.git('rm', '-r', '--quiet', '--force', '--ignore-unmatch', '.');
    for (const [path, text] of files) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    this.git('add', '--all', '--force');
    this.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return this.git('rev-parse', 'HEAD');
  }

  tag(name: string): void {
    this.git('tag', name);
  }

  private git(...args: string[]): string {
    const env = { ...process.env, ...GIT_ENVIRONMENT };
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8', env }).trim();
  }
}
