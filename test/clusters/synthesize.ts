import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClusterStack } from '../../clusters/stack/cluster-stack';
import type { Cluster } from '../../lib/model/platform';

/** The template of a cluster. Assets are not copied: kubectl and helm alone have 60 MB. */
export function templateOf(cluster: Cluster): Template {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  return Template.fromStack(new ClusterStack(app, cluster));
}
