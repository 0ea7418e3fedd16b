import type { Body } from '../api';
import { tenantsOf } from '../dist';
import { assert, type Stage } from '../scenario';

/** Warnings that refuse nothing, each with why it comes. */
const EXPECTED: readonly { reason: string; message: RegExp; why: string }[] = [
  { reason: 'FailedScheduling', message: /^/, why: 'pods are there before nodes' },
  {
    reason: 'FailedToCreateRayCluster',
    message: / already exists$/,
    why: 'KubeRay 1.6 asks again before its cache shows what it made',
  },
];

/** In the namespaces of tenants no controller was refused anything: no Event warns of it. */
export async function expectNoWarnings({ api, documents }: Stage): Promise<void> {
  const tenants = new Set(tenantsOf(documents));
  const events = await api.list({ apiVersion: 'v1', kind: 'Event' });
  const warnings = events
    .filter(({ type, ...event }) => type === 'Warning' && !isExpected(event))
    .filter(({ involvedObject }) => tenants.has(involvedObject.namespace))
    .map(warning);
  assert(warnings.length === 0, `${warnings.length} warnings:\n${warnings.join('\n')}`);
}

function isExpected(event: Body): boolean {
  return EXPECTED.some(({ reason, message }) => reason === event.reason && message.test(event.message ?? ''));
}

function warning({ involvedObject, reason, message }: Body): string {
  const { kind, namespace, name } = involvedObject;
  return `${kind} ${namespace}/${name}: ${reason}: ${message}`;
}
