import type { Container } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { items } from '../path';
import { containersOf, podRule } from '../pods';
import type { Tell } from '../rule';
import { checkHandler } from './handlers';

type Probe = NonNullable<Container['livenessProbe']>;

const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** A probe has one way to ask; only readiness may ask for several good answers in a row. */
export const probes = podRule('probes', (pod, at, tell) => {
  for (const [container, where] of containersOf(pod, at)) {
    const { livenessProbe, readinessProbe, startupProbe } = container;
    for (const [name, probe] of Object.entries({ livenessProbe, readinessProbe, startupProbe })) {
      if (probe === undefined) continue;
      checkProbe(probe, [...where, name], tell);
      const { successThreshold = 1 } = probe;
      // Zero stands for the default.
      if (name !== 'readinessProbe' && successThreshold > 1) {
        tell([...where, name, 'successThreshold'], 'must be 1');
      }
    }
  }
});

function checkProbe(probe: Probe, at: Pointer, tell: Tell): void {
  checkHandler(probe, at, tell);
  for (const field of COUNTS) {
    const value = probe[field] ?? 0;
    if (value < 0) tell([...at, field], 'must not be negative');
  }
  const { terminationGracePeriodSeconds: grace = 1 } = probe;
  if (grace <= 0) tell([...at, 'terminationGracePeriodSeconds'], 'must be more than 0');
  for (const [{ name }, pointer] of items(probe.httpGet?.httpHeaders, [...at, 'httpGet', 'httpHeaders'])) {
    if (!/^[-A-Za-z0-9]+$/.test(name)) tell([...pointer, 'name'], 'must be letters, digits and "-"');
  }
}
