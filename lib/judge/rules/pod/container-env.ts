import type { EnvVarSource } from '../../../../imports/core';
import { isEnvName } from '../../names';
import { items } from '../path';
import { containersOf, podRule } from '../pods';

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

/** An environment variable has a name, and a value or one source of it. */
export const containerEnv = podRule('container-env', (pod, at, tell) => {
  for (const [container, where] of containersOf(pod, at)) {
    for (const [{ name, value = '', valueFrom }, pointer] of items(container.env, [...where, 'env'])) {
      const problem = isEnvName(name);
      if (problem !== undefined) tell([...pointer, 'name'], problem);
      if (valueFrom === undefined) continue;
      const count = sourcesOf(valueFrom);
      if (count === 0) tell([...pointer, 'valueFrom'], `must have one of ${SOURCES.join(', ')}`);
      else if (value !== '') tell([...pointer, 'valueFrom'], 'cannot stand beside value');
      else if (count > 1) tell([...pointer, 'valueFrom'], `must have only one of ${SOURCES.join(', ')}`);
    }
  }
});

function sourcesOf(source: EnvVarSource): number {
  return SOURCES.filter((field) => source[field] !== undefined).length;
}
