import { loadInputs } from '../check/inputs';
import { loadPlatform } from '../check/platform';
import type { Issue } from '../issue';
import { judgeManifests, type ManifestIssue } from '../judge/manifests';
import { checkPractices } from '../judge/practices/practices';
import type { Platform } from '../model/platform';
import { prover } from '../proofs/proofs';
import { planChanges } from '../render/plan';
import type { Rendered } from '../render/render';
import { tracer } from '../trace/trace';
import { type Command, type Context, text } from './command';
import { explainProof } from './explain-proof';
import { FORMAT_OPTION, isText, printReport } from './format';
import { distOf, foreignFiles, renderAloud, reportStale, staleIssues } from './synth';

/** The pull-request gate. */
export const check: Command = {
  name: 'check',
  summary: 'Check all files, the objects they render to, and that dist/ is up to date.',
  options: [
    FORMAT_OPTION,
    { name: 'explain', value: 'RULE', text: 'say what a proof proves, why, and where that was read' },
  ],
  examples: [
    ['tenantry check', 'in a pull request: all findings of all files in one run'],
    ['tenantry check --format github', 'the same, shown beside the lines of the pull request'],
    ['tenantry check --explain network-reachability', 'why a rule exists'],
  ],
  run(context) {
    const rule = text(context.flags, 'explain');
    if (rule !== undefined) return explainProof(rule, context);
    const { platform, issues } = loadPlatform(context.root);
    if (platform === undefined) {
      printReport(context, issues, 0, context.root);
      return 1;
    }
    const { rendered, judged } = renderJudged(context, platform);
    const plan = planChanges(distOf(context.root), rendered.files, () => true);
    const found = [...issues, ...traced(context, judged), ...rendered.issues, ...foreignFiles(plan)];
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
