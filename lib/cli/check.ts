import { suggest } from '../check/did-you-mean';
import { loadPlatform } from '../check/platform';
import { checkManifests } from '../judge/manifests';
import { checkPractices } from '../judge/practices/practices';
import type { Platform } from '../model/platform';
import { PROOFS, prover } from '../proofs/proofs';
import { planChanges } from '../render/plan';
import type { Judge } from '../render/render';
import { type Command, type Context, text, UsageError } from './command';
import { printIssues } from './issues';
import { distOf, foreignFiles, renderAloud, reportStale } from './synth';

/** Shape first, then what other platforms got wrong, then what must hold of a tenant as a whole. */
function judgeOf(platform: Platform): Judge {
  const proven = prover(platform);
  return (manifests) => [...checkManifests(manifests), ...checkPractices(manifests), ...proven(manifests)];
}

/** Why a proof exists; a UsageError with those that there are. */
function explainRule(rule: string, context: Context): number {
  const rules = PROOFS.map((proof) => proof.rule);
  const proof = PROOFS.find((one) => one.rule === rule);
  if (proof === undefined) {
    const near = suggest(rule, rules);
    throw new UsageError(
      `--explain ${rule}: explained are ${rules.join(', ')}${near && `; did you mean ${near}?`}`,
    );
  }
  context.out(`${proof.rule}: ${proof.proves}`);
  context.out(`why: ${proof.why}`);
  context.out(`source: ${proof.source}`);
  return 0;
}

/** The pull-request gate. */
export const check: Command = {
  name: 'check',
  summary: 'Check all files, the objects they render to, and that dist/ is up to date.',
  options: [
    { name: 'explain', value: 'RULE', text: 'say what a proof proves, why, and where that was read' },
  ],
  examples: [
    ['tenantry check', 'in a pull request: all findings of all files in one run'],
    ['tenantry check --explain network-reachability', 'why a rule exists'],
  ],
  run(context) {
    const rule = text(context.flags, 'explain');
    if (rule !== undefined) return explainRule(rule, context);
    const { platform, issues } = loadPlatform(context.root);
    if (platform === undefined) {
      printIssues(context, issues, context.out);
      return 1;
    }
    const rendered = renderAloud(context, platform, judgeOf(platform));
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
