import type { Policy } from '../charts/platform/admission/policy';
import type { Sample } from '../lib/proofs/data';
import type { Proof } from '../lib/proofs/proof';
import type { Path } from '../lib/proofs/reachability';
import type { Property } from './properties';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

/** docs/security/admission.md: what the API server refuses. */
export function admissionPage(policies: readonly Policy[]): string {
  const rows = policies.map(({ name, refuses, resources, operations }) => [
    `\`tenantry-${name}\``,
    refuses,
    Object.values(resources).flat().join(', '),
    operations.join(', ').toLowerCase(),
  ]);
  return `# What the API server refuses

Made by \`npm run docs\` from \`charts/platform/admission/\`. Each policy holds in every namespace of a tenant, whoever
asks, and refuses when it breaks itself (see [decisions/0012](../decisions/0012-admission.md)). Pod Security comes
before them: \`restricted\`, or \`baseline\` with a reason.

${table(['policy', 'refuses', 'judges', 'on'], rows)}
The policy \`tenantry-job-queue\` refuses nothing: it puts every RayJob of a tenant into the tenant's queue.
`;
}

/** docs/security/network.md: the matrix that is proved, and what else is. */
export function networkPage(paths: readonly Path[], proofs: readonly Proof[]): string {
  const rows = paths.map(({ from, to, ports, why, when = '' }) => [from, to, ports, when, why]);
  return `# What reaches what, and what is proved

Made by \`npm run docs\` from \`lib/proofs/\`. \`tenantry check\` computes from the rendered NetworkPolicies what each pod
of each tenant reaches and is reached by, pods of other tenants and impostors with their labels included, and compares
it with this matrix: anything more or less is an error. It judges policies; no packet is sent.

${table(['from', 'to', 'ports', 'only with', 'why'], rows)}
Everything that is not in the matrix is shut, above all the metadata of nodes (169.254.169.254) and every pod of
another tenant.

## What is proved of every tenant

${table(
  ['rule', 'proves', 'why', 'source'],
  proofs.map(({ rule, proves, why, source }) => [`\`${rule}\``, proves, why, source]),
)}
\`tenantry check --explain RULE\` prints a row of it.
`;
}

/** docs/security/data.md: what pods of a tenant may do in S3. */
export function dataPage(samples: readonly Sample[]): string {
  const rows = samples.map(({ what, bucket, prefix, may }) => [
    what,
    `\`s3://${bucket}/${prefix}\``,
    may.join(', ') || 'nothing',
  ]);
  return `# Who reaches what in S3

Made by \`npm run docs\` from \`lib/proofs/data.ts\`. All pods of a cluster's tenants take one role by EKS Pod Identity, and
policies tell them apart by the tags of their sessions, cluster and namespace. \`tenantry check\` evaluates the policies
that the AWS CDK and Terraform are given, for the session of every service account of every tenant, and compares what
they allow with this matrix (rule \`data-isolation\`). It evaluates policies; no request is sent to S3, and a policy of
your organisation that denies more is not known here.

${table(['what', 'where, for tenant vision', 'its pods may'], rows)}
A dataset is granted in the cluster file (\`readers\`), and mounted where the tenant file lists it; a volume that shows
anything else of the bucket is an error too.
`;
}

/** docs/security/properties.md: the checklist. */
export function propertiesPage(areas: Readonly<Record<string, readonly Property[]>>): string {
  const all = Object.values(areas).flat();
  const shown = all.filter(({ by }) => by.length > 0).length;
  const sections = Object.entries(areas).map(
    ([area, list]) =>
      `## ${area}\n\n${table(
        ['', 'property', 'shown by', 'not shown, and why', 'asked for by'],
        list.map(({ id, property, by, missing = '', controls = '' }) => [
          id,
          property,
          by.map(evidence).join('<br>'),
          missing,
          controls,
        ]),
      )}`,
  );
  return `# Properties of the platform

Made by \`npm run docs\` from \`docs/properties.ts\`: ${all.length} properties that keep tenants apart, of which ${shown} are shown to
hold by a rule of \`tenantry check\`, a policy at admission, a test, or a scenario on a real API server. Controls are
those of the NSA and CISA Kubernetes Hardening Guide 1.2 (as kubescape numbers them), the CIS EKS Benchmark 1.8, and the
multi-tenancy benchmark of Kubernetes (kubectl-mtb); an empty cell means that we know of none.

${sections.join('\n')}`;
}

/** `check:a-rule` as text. */
function evidence(one: string): string {
  const [sort, name] = one.split(':');
  return `${sort} \`${name}\``;
}
