import { resolve } from 'node:path';
import { loadPlatform } from '../../lib/check/platform';
import type { Body } from '../api';
import { boot, halt } from '../aws/boot';
import { readCatalogue } from '../aws/catalogue';
import { Cloud } from '../aws/cloud';
import { serveAws } from '../aws/server';
import { definitionsIn, installDefinitions } from '../crds';
import { sourceOf } from '../programs';
import { freePort, until } from '../wait';
import type { Operator, Site } from './operator';

const ROOT = resolve(__dirname, '../..');
const CLOUDS = new WeakMap<Site, Cloud>();

/** The AWS controller of Karpenter, with the settings that dist/ gives its chart, and a fake of AWS behind it. */
export const karpenter: Operator = {
  name: 'karpenter',
  programs: ['karpenter'],
  async start(site) {
    const { api, kubeconfig, program, start } = site;
    const source = sourceOf('karpenter', 'github.com/aws/karpenter-provider-aws');
    await installDefinitions(api, definitionsIn(`${source}/pkg/apis/crds`));
    const settings = settingsOf(site);
    const cluster = loadPlatform(ROOT).platform?.clusters.find(({ name }) => name === settings.clusterName);
    if (cluster === undefined) throw new Error(`clusters/ has no ${settings.clusterName}`);
    const { region } = cluster.spec;
    const note = (error: unknown) => cloud.failures.push(String(error));
    const cloud = new Cloud(cluster, readCatalogue(source), {
      boot: (instance) => void boot(api, region, instance).catch(note),
      halt: (instance) => void halt(api, region, instance).catch(note),
    });
    CLOUDS.set(site, cloud);
    const { endpoint } = await serveAws(cloud);
    const probes = await freePort();
    start('karpenter', program('karpenter'), [], {
      PATH: process.env.PATH,
      KUBECONFIG: kubeconfig,
      CLUSTER_NAME: settings.clusterName,
      INTERRUPTION_QUEUE: settings.interruptionQueue,
      // One replica, outside of the cluster.
      DISABLE_LEADER_ELECTION: 'true',
      HEALTH_PROBE_PORT: String(probes),
      METRICS_PORT: String(await freePort()),
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
    });
    await until(
      async () => ((await fetch(`http://127.0.0.1:${probes}/readyz`)).ok ? true : undefined),
      'the controller of Karpenter',
    );
  },
};

/** The fake of AWS behind the Karpenter of a site. */
export function cloudOf(site: Site): Cloud {
  const cloud = CLOUDS.get(site);
  if (cloud === undefined) throw new Error('Karpenter does not run here');
  return cloud;
}

function settingsOf({ documents }: Site): Record<string, string> {
  const application = documents.find(
    ({ object: { kind, metadata } }) => kind === 'Application' && metadata.name === 'karpenter',
  );
  if (application === undefined) throw new Error('dist/ has no Application karpenter');
  return (application.object as Body).spec.source.helm.valuesObject.settings;
}
