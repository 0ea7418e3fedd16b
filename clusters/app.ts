import { App } from 'aws-cdk-lib';
import { loadPlatform } from '../lib/check/platform';
import { formatIssues } from '../lib/report/text';
import { ClusterStack } from './stack/cluster-stack';

// The app of `cdk synth NAME`: one stack a cluster file, named after it.
const { platform, issues } = loadPlatform(process.cwd());
if (platform === undefined) {
  process.stderr.write(formatIssues(issues, { color: false }));
  process.exitCode = 1;
} else {
  const app = new App();
  for (const cluster of platform.clusters) new ClusterStack(app, cluster);
  app.synth();
}
