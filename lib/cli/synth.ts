import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { dataRemovals } from '../changes/data';
import { suggest } from '../check/did-you-mean';
import { loadPlatform } from '../check/platform';
import type { Issue } from '../issue';
import type { Platform } from '../model/platform';
import { commit } from '../render/commit';
import { checkDeletion, type Plan, planChanges } from '../render/plan';
import { type Judge, type Rendered, render } from '../render/render';
import { type Command, type Context, text, UsageError } from './command';
import { printIssues } from './issues';
import { progress } from './progress';

/** Renders tenants and clusters into dist/. */
export const synth: Command = {
  name: 'synth',
  summary: 'Check all files, then render them into dist/.',
  options: [
    { name: 'cluster', value: 'NAME', text: 'Write only this cluster; the rest of dist/ stays as it is.' },
    { name: 'tenant', value: 'NAME', text: 'Write only this tenant; the rest of dist/ stays as it is.' },
    { name: 'check', text: 'Write nothing; exit 1 where dist/ is not what the files say.' },
    {
      name: 'allow-delete',
      text: 'Allow to delete tenants that are not archived, and more than 10 % of at least ten of a cluster.',
    },
  ],
  examples: [
    ['tenantry synth', 'render everything into dist/'],
    ['tenantry synth --tenant vision', 'render one tenant on all its clusters'],
    ['tenantry synth --check', 'in CI: is dist/ up to date?'],
  ],
  run(context) {
    const { root, flags, out } = context;
    const { platform, issues } = loadPlatform(root);
    if (platform === undefined) return refuse(context, issues);
    const rendered = renderAloud(context, platform);
    if (rendered.issues.length > 0) return refuse(context, rendered.issues);
    const dist = distOf(root);
    const plan = planChanges(dist, rendered.files, scope(context, platform));
    const problems = [...foreignFiles(plan), ...deletions(plan, flags['allow-delete'] === true)];
    if (problems.length > 0) return refuse(context, problems);
    if (flags.check === true) return reportStale(context, plan);
    commit(dist, plan);
    for (const path of plan.delete) out(`deleted dist/${path}`);
    out(`dist/: ${plan.write.length} written, ${plan.delete.length} deleted, ${plan.same} unchanged`);
    return 0;
  },
};

/** What must not be deleted by an oversight. */
function deletions(plan: Plan, allowed: boolean): Issue[] {
  if (allowed) return [];
  const pass = (issue: Issue) => ({ ...issue, hint: `${issue.hint}; to lose it, pass --allow-delete` });
  return [...checkDeletion(plan), ...dataRemovals(plan).map(pass)];
}

/** Renders, and tells a person who waits how far it is. */
export function renderAloud(context: Context, platform: Platform, judge: Judge = () => []): Rendered {
  const step = progress(context, 'rendering', platform.clusters.length + platform.placements.length);
  return render(platform, (manifests) => {
    step();
    return judge(manifests);
  });
}

/** The folder dist/, which need not exist. Throws where something else stands in its place. */
export function distOf(root: string): string {
  const dist = join(root, 'dist');
  if (lstatSync(dist, { throwIfNoEntry: false })?.isFile()) {
    throw new Error('dist is a file, not a folder: move it away');
  }
  return dist;
}

/** The same as findings. */
export function staleIssues(plan: Plan): Issue[] {
  const hint = 'run tenantry synth and commit it';
  const stale = [...plan.write.map(({ path }) => path), ...plan.delete];
  return stale.map((path) => ({
    level: 'error' as const,
    rule: 'stale',
    message: `dist/${path} is not what the files say`,
    hint,
  }));
}

/** Lists what differs between dist/ and the files. */
export function reportStale(context: Context, plan: Plan): number {
  const existing = new Set(plan.existing);
  for (const { path } of plan.write) {
    context.out(`dist/${path}: ${existing.has(path) ? 'differs from what the files say' : 'is missing'}`);
  }
  for (const path of plan.delete) context.out(`dist/${path}: no file makes it`);
  const stale = plan.write.length + plan.delete.length;
  if (stale === 0) {
    context.out(`dist/: ${plan.same} files up to date`);
    return 0;
  }
  context.fail(`dist/ is stale in ${stale} file${stale === 1 ? '' : 's'}: run tenantry synth and commit it`);
  return 1;
}

/** What lies in dist/ and is not ours: Argo CD would apply it, and we would delete it. */
export function foreignFiles({ foreign }: Plan): Issue[] {
  return foreign.map((path) => ({
    level: 'error' as const,
    rule: 'foreign-file',
    message: `dist/${path} was not written by tenantry`,
    hint: 'move it out of dist/: Argo CD would apply it',
  }));
}

function refuse(context: Context, issues: readonly Issue[]): number {
  printIssues(context, issues, context.fail);
  context.fail('dist/ is unchanged');
  return 1;
}

/** The part of dist/ that a run owns. */
function scope({ flags }: Context, platform: Platform): (path: string) => boolean {
  const cluster = text(flags, 'cluster');
  const tenant = text(flags, 'tenant');
  requireKnown(
    'cluster',
    cluster,
    platform.clusters.map(({ name }) => name),
  );
  requireKnown('tenant', tenant, [...new Set(platform.placements.map((placement) => placement.tenant))]);
  return (path) => {
    const [first, area, name] = path.split('/');
    if (cluster !== undefined && first !== cluster) return false;
    if (tenant === undefined) return true;
    return (area === 'tenants' && name === tenant) || (area === 'argocd' && name === `${tenant}.yaml`);
  };
}

function requireKnown(option: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  const nearest = suggest(name, known);
  const hint = nearest === undefined ? `there are: ${known.join(', ')}` : `did you mean "${nearest}"?`;
  throw new UsageError(`--${option} ${name}: no such ${option}; ${hint}`);
}
