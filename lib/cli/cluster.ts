import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { adopt, type Outputs } from '../infrastructure/adopt';
import type { ClusterFile } from '../schema/cluster';
import { type Command, type Context, text, UsageError } from './command';

/** Takes in a cluster that Terraform made. */
export const cluster: Command = {
  name: 'cluster',
  args: 'adopt',
  summary: 'Write the cluster file of a cluster that Terraform made.',
  options: [
    { name: 'outputs', value: 'FILE', text: 'What terraform output -json printed.' },
    { name: 'like', value: 'NAME', text: 'Cluster file whose catalogue and pools are copied.' },
    { name: 'domain', value: 'HOST', text: 'Domain of the platform on the new cluster.' },
  ],
  examples: [
    [
      'tenantry cluster adopt --outputs outputs.json --like staging --domain lab.example.com',
      'after terraform output -json > outputs.json',
    ],
  ],
  run(context) {
    const { root, args, flags, out, talk, fail } = context;
    const [outputs, like, domain] = ['outputs', 'like', 'domain'].map((name) => text(flags, name));
    if (args[0] !== 'adopt' || args.length > 1 || !outputs || !like || !domain) {
      throw new UsageError('usage: tenantry cluster adopt --outputs FILE --like NAME --domain HOST');
    }
    const { file, problems } = adopt(readOutputs(context, outputs), readCluster(root, like), domain);
    for (const problem of problems) fail(`${outputs}: error: ${problem}`);
    if (file === undefined) return 1;
    const path = `clusters/${file.metadata.name}.yaml`;
    if (existsSync(join(root, path))) throw new UsageError(`${path} exists already`);
    const schema = '# yaml-language-server: $schema=../imports/schemas/cluster.json\n';
    writeFileSync(join(root, path), `${schema}${dump(file)}`, { flag: 'wx' });
    out(path);
    talk('Next: tenantry check, then tenantry synth; npm run cdk -- deploy adds what the platform needs.');
    return 0;
  },
};

function readOutputs({ root }: Context, path: string): Outputs {
  const value = readOr(resolve(root, path), `--outputs ${path}`, JSON.parse);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--outputs ${path}: not what terraform output -json prints`);
  }
  return value as Outputs;
}

function readCluster(root: string, name: string): ClusterFile {
  return readOr(join(root, 'clusters', `${name}.yaml`), `--like ${name}`, load) as ClusterFile;
}

function readOr(path: string, what: string, parse: (text: string) => unknown): unknown {
  if (!existsSync(path)) throw new UsageError(`${what}: no such file`);
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${what}: cannot be read`);
  }
}
