import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import type { Body, Reference } from '../api';
import { definitionsIn } from '../crds';
import type { Document } from '../dist';
import { assert } from '../scenario';

/** What dist/ and the release name `kueue` make the chart call things (0.19.2). */
export const NAMESPACE = 'kueue-system';
const SERVICE = { name: 'kueue-webhook-service', namespace: NAMESPACE };

/** Where Kueue puts the certificate of its webhooks. */
export const CERTIFICATE: Reference = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'kueue-webhook-server-cert', namespace: NAMESPACE },
};

/** Kinds with a conversion webhook, into which Kueue writes its certificate (0.19.2, buildCertRotatorConfig). */
const CONVERTED: ReadonlySet<string> = new Set([
  'clusterqueues.kueue.x-k8s.io',
  'cohorts.kueue.x-k8s.io',
  'localqueues.kueue.x-k8s.io',
  'multikueueclusters.kueue.x-k8s.io',
  'workloads.kueue.x-k8s.io',
]);

/** Paths of kinds whose webhooks the chart lets fail where Kueue does not manage them, by framework. */
const OPTIONAL: Readonly<Record<string, string>> = {
  '-v1-pod': 'pod',
  '-apps-v1-deployment': 'deployment',
  '-apps-v1-statefulset': 'statefulset',
};

// biome-ignore lint/suspicious/noExplicitAny: a configuration is whatever dist/ has.
export type Configuration = Record<string, any>;

/** The controller's configuration that dist/ gives the chart. */
export function configurationOf(documents: readonly Document[]): Configuration {
  const application = documents.find(
    ({ object: { kind, metadata } }) => kind === 'Application' && metadata.name === 'kueue',
  )?.object as Body | undefined;
  const text = application?.spec.source.helm.valuesObject.managerConfig.controllerManagerConfigYaml;
  assert(typeof text === 'string', 'dist/ gives the chart of Kueue no configuration');
  return load(text) as Configuration;
}

/** CustomResourceDefinitions of the module, with the conversion webhook of the chart. */
export function kueueDefinitions(source: string, port: number): Reference[] {
  return definitionsIn(join(source, 'config/components/crd/bases')).map((definition) => {
    if (!CONVERTED.has(definition.metadata.name)) return definition;
    const clientConfig = { service: { ...SERVICE, port, path: '/convert' } };
    const conversion = { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1'] } };
    return { ...definition, spec: { ...(definition as Body).spec, conversion } };
  });
}

/**
 * The chart's webhooks, of the module. There is no pod network: their Service leads to this machine by an ExternalName,
 * so that they keep the name that Kueue writes into its certificate, which an address (clientConfig.url) would not.
 */
export function webhookObjects(source: string, port: number, configuration: Configuration): Reference[] {
  const manifests = readFileSync(join(source, 'config/components/webhook/manifests.yaml'), 'utf8');
  return [
    CERTIFICATE,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: SERVICE,
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    ...(loadAll(manifests) as (Reference & Body)[]).map(({ metadata, webhooks, ...object }) => ({
      ...object,
      metadata: { ...metadata, name: `kueue-${metadata.name}` },
      webhooks: webhooks.map((webhook: Body) => changed(webhook, port, configuration)),
    })),
  ] as Reference[];
}

function changed(webhook: Body, port: number, configuration: Configuration): Body {
  const { path } = webhook.clientConfig.service;
  const [, framework] = Object.entries(OPTIONAL).find(([kind]) => path.endsWith(kind)) ?? [];
  const { frameworks } = configuration.integrations;
  const ignored = framework !== undefined && !frameworks.includes(framework);
  return {
    ...webhook,
    clientConfig: { service: { ...SERVICE, port, path } },
    ...(ignored ? { failurePolicy: 'Ignore' } : {}),
    ...(path.includes('-kueue-x-k8s-io-')
      ? {}
      : { namespaceSelector: configuration.managedJobsNamespaceSelector }),
  };
}
