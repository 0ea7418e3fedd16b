import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dataRemovals } from '../changes/data';
import { refusedUpdates } from '../changes/immutable';
import { loadInputs } from '../check/inputs';
import { loadPlatform } from '../check/platform';
import type { Issue } from '../issue';
import { judgeManifests, type ManifestIssue } from '../judge/manifests';
import { checkPractices } from '../judge/practices/practices';
import type { Platform } from '../model/platform';
import { prover } from '../proofs/proofs';
import { type Plan, planChanges } from '../render/plan';
import type { Rendered } from '../render/render';
import { tracer } from '../trace/trace';
import { type Command, type Context, text, UsageError } from './command';
import { explainRule } from './explain-rule';
import { FORMAT_OPTION, isText, printReport } from './format';
import { distOf, foreignFiles, renderAloud, reportStale, staleIssues } from './synth';

/** The pull-request gate. */
export const check: Command = {
  name: 'check',
  summary: 'Check all files, the objects they render to, and that dist/ is up to date.',
  options: [
    FORMAT_OPTION,
    {
      name: 'base',
      value: 'DIR',
      text: 'Folder with the dist/ of the branch that a pull request is for: judge what would change in the cluster. Default: this one.',
    },
    {
      name: 'explain',
      value: 'RULE',
      text: 'say why a rule exists; a finding ends with its rule, in brackets',
    },
  ],
  examples: [
    ['tenantry check', 'in a pull request: all findings of all files in one run'],
    ['tenantry check --format github', 'the same, shown beside the lines of the pull request'],
    ['tenantry check --base ../main', 'the same, and what would change in the cluster of branch main'],
    ['tenantry check --explain network-reachability', 'why a rule exists'],
  ],
  run(context) {
    const rule = text(context.flags, 'explain');
    if (rule !== undefined) return explainRule(rule, context);
    const { platform, issues } = loadPlatform(context.root);
    if (platform === undefined) {
      printReport(context, issues, 0, context.root);
      return 1;
    }
    const { rendered, judged } = renderJudged(context, platform);
    const plan = planChanges(distOf(context.root), rendered.files, () => true);
    const found = [
      ...issues,
      ...traced(context, judged),
      ...rendered.issues,
      ...foreignFiles(plan),
      ...changes(context, rendered, plan),
    ];
    if (!isText(context)) {
      const all = [...found, ...staleIssues(plan)];
      printReport(context, all, rendered.objects, context.root);
      return all.some(({ level }) => level === 'error') ? 1 : 0;
    }
    printReport(context, found, rendered.objects, context.root);
    const { placements, clusters } = platform;
    context.out(`${placements.length} placements of tenants on ${clusters.length} clusters`);
    const stale = reportStale(context, plan);
    return found.some(({ level }) => level === 'error') ? 1 : stale;
  },
};

/** What the API server refuses of the way from what is in the cluster to what is rendered, and what data goes. */
function changes({ root, flags }: Context, { files }: Rendered, here: Plan): Issue[] {
  const base = text(flags, 'base');
  const plan = base === undefined ? here : planChanges(baseOf(resolve(root, base)), files, () => true);
  return [...dataRemovals(plan), ...refusedUpdates(plan)];
}

function baseOf(folder: string): string {
  const dist = join(folder, 'dist');
  if (!existsSync(dist)) throw new UsageError(`--base ${folder}: it has no folder dist/`);
  return dist;
}

/** Shape first, then what other platforms got wrong, then what must hold of a tenant as a whole. */
function renderJudged(
  context: Context,
  platform: Platform,
): { rendered: Rendered; judged: readonly ManifestIssue[] } {
  const proven = prover(platform);
  const judged: ManifestIssue[] = [];
  const rendered = renderAloud(context, platform, (manifests) => {
    judged.push(...judgeManifests(manifests));
    return [...checkPractices(manifests), ...proven(manifests)];
  });
  return { rendered, judged };
}

/** Findings about rendered objects, each at the field that it comes from. */
function traced({ root }: Context, judged: readonly ManifestIssue[]): Issue[] {
  if (judged.length === 0) return [];
  const trace = tracer(loadInputs(root));
  return judged.map(({ issue, manifest, pointer }) => {
    const source = trace(manifest, pointer);
    return source === undefined ? issue : { ...issue, source };
  });
}
