import { type Command, text } from './command';

export interface ImportOptions {
  /** The folder that holds imports/. */
  readonly root: string;
  /** A folder with the inputs; undefined downloads them. */
  readonly from: string | undefined;
  log(line: string): void;
  /** Lines about what went wrong. Default: log. */
  fail?(line: string): void;
}

/** Makes imports/ from imports/versions.yaml. Exit code: 0 done, 1 an input is bad, 2 there is no such folder. */
export async function runImport({ root, from, log, fail = log }: ImportOptions): Promise<number> {
  // Loaded when it is wanted: no other command needs the importer.
  const { makeImports } = require('../import/run') as typeof import('../import/run');
  return makeImports(root, from, log, fail);
}

export const importCommand: Command = {
  name: 'import',
  summary: 'Make imports/ (schemas, types, instance types) from imports/versions.yaml.',
  options: [
    {
      name: 'from',
      value: 'DIR',
      text: 'Read the upstream files below DIR instead of downloading them; what DIR lacks stays as it is.',
    },
  ],
  examples: [
    ['tenantry import', 'download the upstream files and write what changed'],
    ['tenantry import --from upstream', 'the same from a folder, without network'],
  ],
  run: ({ root, flags, out, fail }) => runImport({ root, from: text(flags, 'from'), log: out, fail }),
};
