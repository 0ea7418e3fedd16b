import type { Api, Body } from '../api';
import { assert } from '../scenario';
import type { Ray } from '../scenarios/kuberay-objects';

/** Variables of a container as a kubelet would set them: values, keys of Secrets, fields of the pod. */
export async function variablesOf(api: Api, { metadata, spec }: Ray): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const { name, value, valueFrom } of spec.containers[0].env as Body[]) {
    const { secretKeyRef, fieldRef } = valueFrom ?? {};
    if (secretKeyRef !== undefined)
      variables[name] = await secretValue(api, metadata.namespace, secretKeyRef);
    else if (fieldRef !== undefined) variables[name] = fieldOf(metadata, fieldRef.fieldPath);
    else variables[name] = value ?? '';
  }
  return variables;
}

async function secretValue(
  api: Api,
  namespace: string,
  { name, key }: { name: string; key: string },
): Promise<string> {
  const { body } = await api.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
  assert(body.data?.[key] !== undefined, `Secret ${namespace}/${name} has no ${key}`);
  return Buffer.from(body.data[key], 'base64').toString();
}

/** A path such as metadata.name or metadata.labels['x']. */
function fieldOf(metadata: Ray['metadata'], path: string): string {
  const label = /^metadata\.labels\['(.+)'\]$/.exec(path)?.[1];
  if (label !== undefined) return metadata.labels?.[label] ?? '';
  return String((metadata as unknown as Record<string, unknown>)[path.replace('metadata.', '')] ?? '');
}
