import type { IssueClass } from '../issue';
import { CURRENT_VERSION, KUBERNETES_VERSIONS } from '../judge/version';
import { listFiles, NoInput } from '../validate/inputs';
import { schemasWith } from '../validate/kinds';
import { type Validation, validate as validateFiles } from '../validate/validate';
import { type Command, type Context, texts, UsageError } from './command';
import { choose, FORMAT_OPTION, printReport } from './format';

const CLASSES: readonly IssueClass[] = ['apiserver', 'controller', 'policy'];

/** Judges anybody's manifests. */
export const validate: Command = {
  name: 'validate',
  summary: 'Judge manifests of any origin as the API server, operators and our policies would.',
  args: 'PATH…',
  options: [
    {
      name: 'kubernetes-version',
      value: 'VERSION',
      text: `Whose verdicts: ${KUBERNETES_VERSIONS.join(', ')}; fields are those of the last. Default: ${CURRENT_VERSION}.`,
    },
    {
      name: 'crd',
      value: 'FILE',
      many: true,
      text: 'Know the kinds of these CustomResourceDefinitions too.',
    },
    {
      name: 'old',
      value: 'PATH',
      many: true,
      text: 'Objects as they are in the cluster: an object that is there too is judged as an update.',
    },
    {
      name: 'class',
      value: 'LIST',
      text: `Findings of these classes only: ${CLASSES.join(',')}. Default: all.`,
    },
    { name: 'ignore-unknown', text: 'Say nothing about kinds that are not known.' },
    FORMAT_OPTION,
  ],
  examples: [
    ['tenantry validate manifests/', 'judge all YAML and JSON files of a folder'],
    ['kustomize build . | tenantry validate --class apiserver --format json -', 'in a pipe'],
  ],
  run(context) {
    const { args } = context;
    if (args.length === 0) throw new UsageError('validate needs a PATH, or - for standard input');
    const files = readable(() => listFiles(args));
    const { objects, issues } = readable(() => validateFiles(validation(context, files)));
    printReport(context, issues, objects, '');
    return issues.some(({ level }) => level === 'error') ? 1 : 0;
  },
};

function validation({ flags }: Context, files: readonly string[]): Validation {
  const versions = choose(flags, 'kubernetes-version', KUBERNETES_VERSIONS);
  const classes = choose(flags, 'class', CLASSES);
  return {
    files,
    classes: new Set(classes ?? CLASSES),
    version: versions?.[0] ?? CURRENT_VERSION,
    schemas: schemasWith([...listFiles(texts(flags, 'crd')), ...files]),
    old: listFiles(texts(flags, 'old')),
    ignoreUnknown: flags['ignore-unknown'] === true,
  };
}

/** A path that cannot be read is a mistake in the command line. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoInput) throw new UsageError(error.message);
    throw error;
  }
}
