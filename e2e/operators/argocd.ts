import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { NAMESPACE } from '../../lib/model/names';
import type { Body, Reference } from '../api';
import { releasesIn } from '../charts/release';
import { definitionsIn, installDefinitions } from '../crds';
import type { Document } from '../dist';
import { GIT_ENVIRONMENT, Repository } from '../internet/git';
import { makeCharts, makeUpstreams } from '../internet/upstream';
import { sourceOf } from '../programs';
import { freePort, until } from '../wait';
import type { Operator, Site } from './operator';

const ARGO_CD = 'github.com/argoproj/argo-cd/v3';

/**
 * Argo CD's controller and repo-server, as a bootstrap leaves them: with our configuration, and nothing synced yet.
 * Every address of dist/ is answered on this machine, so that dist/ is synced as it is.
 */
export const argocd: Operator = {
  name: 'argocd',
  programs: ['redis', 'helm', 'argocd'],
  syncs: true,
  // CRDs come after quotas here: one counts a new kind only after this time (by default 5 minutes).
  controllerFlags: ['--resource-quota-sync-period=10s'],
  async start(site) {
    const { api, documents } = site;
    const definitions = definitionsIn(join(sourceOf('argocd', ARGO_CD), 'manifests/crds'));
    await installDefinitions(api, definitions);
    for (const object of bootstrap(documents)) await api.apply(object, JSON.stringify(object));
    const proxy = await startInternet(site, definitions);
    const redis = `127.0.0.1:${await freePort()}`;
    site.start('redis', site.program('redis'), [`--address=${redis}`]);
    await startPrograms(site, proxy, redis);
  },
};

/** The repository that dist/ is synced from. */
export function gitOf({ folder, documents }: Pick<Site, 'folder' | 'documents'>): Repository {
  const { source } = applicationOf(documents, 'platform').spec;
  return new Repository(pathOf(folder, source.repoURL));
}

/** An Application of dist/ by its name. */
export function applicationOf(documents: readonly Document[], name: string): Reference & Body {
  const found = documents.find(
    ({ object }) => object.kind === 'Application' && object.metadata.name === name,
  );
  if (found === undefined) throw new Error(`dist/ has no Application ${name}`);
  return found.object as Reference & Body;
}

function pathOf(folder: string, repoURL: string): string {
  return join(folder, 'internet', repoURL.slice('https://'.length));
}

/** The namespace, and the configuration that the chart's values of dist/ would make. */
function bootstrap(documents: readonly Document[]): Reference[] {
  const { valuesObject } = applicationOf(documents, 'argo-cd').spec.source.helm;
  const configuration = Object.entries(valuesObject.configs.cm).map(([key, value]) => [key, String(value)]);
  const labels = { 'app.kubernetes.io/part-of': 'argocd' };
  const { argocd: namespace } = NAMESPACE;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace, labels },
      data: Object.fromEntries(configuration),
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'argocd-secret', namespace, labels },
      // Argo CD's API server would make it up.
      stringData: { 'server.secretkey': 'e2e' },
    },
  ] as Reference[];
}

/** Makes every repository that dist/ names, and starts what answers for them. Returns the address of the proxy. */
async function startInternet(site: Site, definitions: readonly Reference[]): Promise<string> {
  const internet = join(site.folder, 'internet');
  mkdirSync(internet);
  const helm = (...args: string[]) => {
    execFileSync(site.program('helm'), args, { stdio: 'ignore' });
  };
  const releases = releasesIn(site.documents);
  makeUpstreams(internet, definitions);
  makeCharts(internet, helm, releases);
  certify(internet, site.documents);
  const port = String(await freePort());
  const main = join(__dirname, '../internet/serve.ts');
  site.start('internet', process.execPath, ['--import', 'tsx', main, internet, port]);
  return `http://127.0.0.1:${port}`;
}

/** One certificate for every host of dist/. */
function certify(internet: string, documents: readonly Document[]): void {
  const hosts = documents.flatMap(({ object }) => {
    const { kind, spec } = object as Reference & Body;
    const address: string | undefined = kind === 'Application' ? spec.source?.repoURL : undefined;
    return address === undefined ? [] : [address.replace('https://', '').split('/')[0]];
  });
  const names = [...new Set(hosts)].map((host) => `DNS:${host}`).join(',');
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=e2e']
      .concat(['-addext', `subjectAltName=${names}`])
      .concat(['-keyout', join(internet, 'key.pem'), '-out', join(internet, 'cert.pem')]),
    { stdio: 'ignore' },
  );
}

async function startPrograms(site: Site, proxy: string, redis: string): Promise<void> {
  const { folder, kubeconfig, documents, program, start } = site;
  const { params } = applicationOf(documents, 'argo-cd').spec.source.helm.valuesObject.configs;
  const [port, metrics, other] = [await freePort(), await freePort(), await freePort()];
  const tools = join(folder, 'tools');
  for (const path of ['tools', 'repo-server', 'tls', 'ssh']) mkdirSync(join(folder, path));
  symlinkSync(program('helm'), join(tools, 'helm'));
  // As in its image: the repo-server asks for signatures, here it is told of none.
  const wrapper = join(tools, 'git-verify-wrapper.sh');
  copyFileSync(join(sourceOf('argocd', ARGO_CD), 'hack/git-verify-wrapper.sh'), wrapper);
  chmodSync(wrapper, 0o755);
  const certificate = join(folder, 'internet', 'cert.pem');
  const shared = {
    ...process.env,
    ...GIT_ENVIRONMENT,
    KUBECONFIG: kubeconfig,
    // Takes the kubeconfig for the cluster that it runs in.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_TLS_DATA_PATH: join(folder, 'tls'),
    ARGOCD_SSH_DATA_PATH: join(folder, 'ssh'),
    ARGOCD_GPG_ENABLED: 'false',
  };
  start(
    'argocd-repo-server',
    program('argocd'),
    [
      `--redis=${redis}`,
      '--address=127.0.0.1',
      `--port=${port}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${metrics}`,
    ],
    {
      ...shared,
      ARGOCD_BINARY_NAME: 'argocd-repo-server',
      ARGOCD_PLUGINSOCKFILEPATH: join(folder, 'repo-server'),
      TMPDIR: join(folder, 'repo-server'),
      PATH: `${tools}:${process.env.PATH}`,
      HTTPS_PROXY: proxy,
      SSL_CERT_FILE: certificate,
      GIT_SSL_CAINFO: certificate,
    },
  );
  start(
    'argocd-application-controller',
    program('argocd'),
    [
      `--redis=${redis}`,
      `--repo-server=127.0.0.1:${port}`,
      `--metrics-port=${other}`,
      `--namespace=${NAMESPACE.argocd}`,
      // Not every two minutes (its default): what it misses while CRDs come must not make a run long.
      '--app-resync=20',
      '--app-resync-jitter=0',
      `--sync-timeout=${params['controller.sync.timeout.seconds']}`,
    ],
    { ...shared, ARGOCD_BINARY_NAME: 'argocd-application-controller' },
  );
  await until(
    async () => ((await fetch(`http://127.0.0.1:${other}/healthz`)).ok ? true : undefined),
    'the controller of Argo CD',
  );
}
