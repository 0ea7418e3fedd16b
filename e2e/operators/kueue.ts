import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { installDefinitions } from '../crds';
import { sourceOf } from '../programs';
import { assert } from '../scenario';
import { freePort, until } from '../wait';
import { CERTIFICATE, configurationOf, kueueDefinitions, NAMESPACE, webhookObjects } from './kueue-chart';
import type { Operator, Site } from './operator';

/** Kueue with the configuration of dist/, its own certificates and its webhooks; only addresses are of this machine. */
export const kueue: Operator = {
  name: 'kueue',
  programs: ['kueue'],
  async start(site) {
    const source = sourceOf('kueue', 'sigs.k8s.io/kueue');
    const rendered = configurationOf(site.documents);
    const [port, probe] = [await freePort(), await freePort()];
    const certDir = join(site.folder, 'kueue');
    const configuration = {
      ...rendered,
      // In a pod it is read from a file of the kubelet.
      namespace: NAMESPACE,
      leaderElection: { ...rendered.leaderElection, resourceNamespace: NAMESPACE },
      health: { healthProbeBindAddress: `127.0.0.1:${probe}` },
      metrics: { bindAddress: '0' },
      webhook: { host: '127.0.0.1', port, certDir },
    };
    await installDefinitions(site.api, kueueDefinitions(source, port));
    await applyNamespace(site);
    for (const object of webhookObjects(source, port, rendered)) {
      const { status, body } = await site.api.apply(object, JSON.stringify(object));
      assert(status < 300, `${object.kind} ${object.metadata.name}: ${body.message}`);
    }
    const file = join(site.folder, 'kueue.yaml');
    writeFileSync(file, dump(configuration));
    site.start('kueue', site.program('kueue'), [
      `--config=${file}`,
      `--kubeconfig=${site.kubeconfig}`,
      // Off here: it serves the order of a queue at a certificate in /visibility, of whatever machine it runs on.
      '--feature-gates=VisibilityOnDemand=false',
    ]);
    await mountCertificate(site, certDir);
    await until(
      async () => ((await fetch(`http://127.0.0.1:${probe}/readyz`)).ok ? true : undefined),
      'Kueue',
    );
  },
};

async function applyNamespace({ api, documents }: Site): Promise<void> {
  const namespace = documents.find(
    ({ object: { kind, metadata } }) => kind === 'Namespace' && metadata.name === NAMESPACE,
  );
  assert(namespace !== undefined, `dist/ has no namespace ${NAMESPACE}`);
  const { status, body } = await api.apply(namespace.object, namespace.text);
  assert(status < 300, `namespace ${NAMESPACE}: ${body.message}`);
}

/** Writes the certificate that Kueue made to where the kubelet would: it waits for the files. */
async function mountCertificate({ api }: Site, folder: string): Promise<void> {
  const data = await until(async () => {
    const { body } = await api.get(CERTIFICATE);
    return body.data?.['tls.key'] === undefined ? undefined : (body.data as Record<string, string>);
  }, 'the certificate of Kueue');
  mkdirSync(folder);
  for (const [name, value] of Object.entries(data)) {
    writeFileSync(join(folder, name), Buffer.from(value, 'base64'), { mode: 0o600 });
  }
}
