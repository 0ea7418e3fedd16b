import { loadPlatform } from '../check/platform';
import { checkManifests } from '../judge/manifests';
import { checkPractices } from '../judge/practices/practices';
import type { Manifest } from '../render/manifest';
import { planChanges } from '../render/plan';
import type { Command } from './command';
import { printIssues } from './issues';
import { distOf, foreignFiles, renderAloud, reportStale } from './synth';

/** Shape first, then what other platforms got wrong. */
function judge(manifests: readonly Manifest[]) {
  return [...checkManifests(manifests), ...checkPractices(manifests)];
}

/** The pull-request gate. */
export const check: Command = {
  name: 'check',
  summary: 'Check all files, the objects they render to, and that dist/ is up to date.',
  options: [],
  examples: [['tenantry check', 'in a pull request: all findings of all files in one run']],
  run(context) {
    const { platform, issues } = loadPlatform(context.root);
    if (platform === undefined) {
      printIssues(context, issues, context.out);
      return 1;
    }
    const rendered = renderAloud(context, platform, judge);
    const found = [...issues, ...rendered.issues];
    const plan = planChanges(distOf(context.root), rendered.files, () => true);
    found.push(...foreignFiles(plan));
    printIssues(context, found, context.out);
    context.out(
      `${platform.placements.length} placements of tenants on ${platform.clusters.length} clusters, ${rendered.objects} objects checked`,
    );
    const stale = reportStale(context, plan);
    return found.some(({ level }) => level === 'error') ? 1 : stale;
  },
};
