import type { Body, Reference } from '../api';
import type { Document } from '../dist';
import { assert, type Stage } from '../scenario';

/** Where a Ray token lies, as an environment variable refers to it. */
export interface Token {
  readonly name: string;
  readonly key: string;
}

/** The Secret of the Ray token that a tenant's ExternalSecret makes out of its Password. */
export function tokenOf(documents: readonly Document[], namespace: string): Token {
  const own = documents
    .map(({ object }) => object as Reference & Body)
    .filter(({ metadata }) => metadata.namespace === namespace);
  const secret = own.find(({ kind, spec }) => kind === 'ExternalSecret' && generatorOf(spec) !== undefined);
  const password = own.find(
    ({ kind, metadata }) => kind === 'Password' && metadata.name === generatorOf(secret?.spec),
  );
  const key = password?.spec?.secretKeys?.[0];
  assert(secret !== undefined && key !== undefined, `dist/ has no generated Secret in ${namespace}`);
  return { name: secret.spec.target.name, key };
}

/** Makes the Secrets that external-secrets would make; it does not run here. */
export async function withTokens({ api, documents }: Stage, run: () => Promise<void>): Promise<void> {
  const namespaces = new Set(
    documents
      .filter(({ object }) => object.kind === 'ExternalSecret')
      .map(({ object }) => object.metadata.namespace),
  );
  const secrets = [...namespaces].flatMap((namespace = '') => {
    const { name, key } = tokenOf(documents, namespace);
    return [
      { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { [key]: 'e2e' } },
    ];
  });
  try {
    for (const secret of secrets) await api.create(secret);
    await run();
  } finally {
    for (const secret of secrets) await api.delete(secret);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a spec is whatever dist/ has.
function generatorOf(spec: any): string | undefined {
  const sources: Body[] = spec?.dataFrom ?? [];
  return sources.map(({ sourceRef }) => sourceRef?.generatorRef?.name).find((name) => name !== undefined);
}
