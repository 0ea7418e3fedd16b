import type { Body } from '../api';
import { assert, type Stage } from '../scenario';

/** Warnings that come of what a control plane without pods lacks, by their reason. */
const EXPECTED = new Map([['FailedScheduling', 'pods are there before nodes']]);

/** In the namespaces of tenants no controller was refused anything: no Event warns of it. */
export async function expectNoWarnings({ api, documents }: Stage): Promise<void> {
  const tenants = new Set(
    documents.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name),
  );
  const events = await api.list({ apiVersion: 'v1', kind: 'Event' });
  const warnings = events
    .filter(({ type, reason }) => type === 'Warning' && !EXPECTED.has(reason))
    .filter(({ involvedObject }) => tenants.has(involvedObject.namespace))
    .map(warning);
  assert(warnings.length === 0, `${warnings.length} warnings:\n${warnings.join('\n')}`);
}

function warning({ involvedObject, reason, message }: Body): string {
  const { kind, namespace, name } = involvedObject;
  return `${kind} ${namespace}/${name}: ${reason}: ${message}`;
}
