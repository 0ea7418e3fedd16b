import { App } from 'aws-cdk-lib';
import { loadPlatform } from '../../lib/check/platform';
import { formatIssues } from '../../lib/report/text';
import { ClusterStack } from './cluster-stack';

/** One stack a cluster file of a folder; nothing where the files have errors, which are printed. */
export function makeApp(root: string, outdir?: string): App | undefined {
  const { platform, issues } = loadPlatform(root);
  if (platform === undefined) {
    process.stderr.write(formatIssues(issues, { color: false }));
    return undefined;
  }
  const app = new App(outdir === undefined ? {} : { outdir });
  for (const cluster of platform.clusters) new ClusterStack(app, cluster);
  return app;
}
