import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suggest } from '../check/did-you-mean';
import { loadPlatform } from '../check/platform';
import { type Command, text, UsageError } from './command';
import { compareModules } from './infra-modules';
import { printIssues } from './issues';

/** Writes the infrastructure of clusters for those who do not use the CDK. */
export const infra: Command = {
  name: 'infra',
  summary: 'Write the infrastructure of a cluster as Terraform (or OpenTofu) JSON.',
  options: [
    { name: 'target', value: 'terraform', text: 'What to write. The CDK app is npm run cdk.' },
    { name: 'cluster', value: 'NAME', text: 'Write only this cluster. Default: all of clusters/.' },
    {
      name: 'modules',
      value: 'DIR',
      text: 'Write nothing; compare with variables.tf of the modules below DIR, as in .terraform/modules.',
    },
    { name: 'out', value: 'DIR', text: 'Folder; each cluster has one below it. Default: terraform.out' },
  ],
  examples: [
    ['tenantry infra --target terraform', 'write terraform.out/<cluster>/*.tf.json'],
    ['tenantry infra --target terraform --cluster prod --out infra', 'one cluster, to be committed'],
    [
      'tenantry infra --target terraform --modules terraform.out/prod/.terraform/modules',
      'after terraform init: has each module what is set?',
    ],
  ],
  run(context) {
    const { root, flags, out, talk } = context;
    if (text(flags, 'target') !== 'terraform') throw new UsageError('give --target terraform');
    const modules = text(flags, 'modules');
    if (modules !== undefined) return compareModules(context, resolve(root, modules));
    const { platform, issues } = loadPlatform(root);
    if (platform === undefined) {
      printIssues(context, issues, context.fail);
      return 1;
    }
    const wanted = text(flags, 'cluster');
    const names = platform.clusters.map(({ name }) => name);
    if (wanted !== undefined && !names.includes(wanted)) throw new UsageError(unknown(wanted, names));
    // Loaded when it is wanted: no other command needs it.
    const { terraformOf } =
      require('../infrastructure/terraform/main') as typeof import('../infrastructure/terraform/main');
    for (const cluster of platform.clusters) {
      if (wanted !== undefined && cluster.name !== wanted) continue;
      const folder = join(text(flags, 'out') ?? 'terraform.out', cluster.name);
      mkdirSync(join(root, folder), { recursive: true });
      for (const [file, content] of terraformOf(cluster)) {
        writeFileSync(join(root, folder, file), content);
        out(join(folder, file));
      }
    }
    talk(
      'Next: terraform init and terraform apply in the folder, or tofu; docs/operations/infrastructure.md',
    );
    return 0;
  },
};

function unknown(name: string, names: readonly string[]): string {
  const nearest = suggest(name, names);
  const hint = nearest === undefined ? `there are: ${names.join(', ')}` : `did you mean "${nearest}"?`;
  return `--cluster ${name}: no such cluster; ${hint}`;
}
