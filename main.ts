import { join, resolve } from 'node:path';
import { loadPlatform } from './lib/check/platform';
import { commit } from './lib/render/commit';
import { planChanges } from './lib/render/plan';
import { render } from './lib/render/render';
import { formatIssues } from './lib/report/text';

// The app of `cdk8s synth`, which empties dist/ and names it in CDK8S_OUTDIR. Same engine, same bytes.
const { platform, issues } = loadPlatform(process.cwd());
const rendered = platform === undefined ? undefined : render(platform);
const found = rendered === undefined ? issues : rendered.issues;
if (rendered === undefined || found.length > 0) {
  process.stderr.write(formatIssues(found, { color: false }));
  process.exitCode = 1;
} else {
  const dist = resolve(process.env.CDK8S_OUTDIR ?? join(process.cwd(), 'dist'));
  commit(
    dist,
    planChanges(dist, rendered.files, () => true),
  );
}
