import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container, PodSpec } from '../../imports/core';
import type { KubernetesObject } from '../../lib/render/manifest';

interface Holder extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** Folders of a pod that configuration names; here they lie below another folder, so paths in texts are changed. */
const FOLDERS = /(?<![\w.])\/(?=usr\/local\/etc\/jupyterhub|etc\/tenantry)/g;

/** A text in which the folders of the pod lie below `root`. */
export function below(root: string, text: string): string {
  return text.replace(FOLDERS, `${root}/`);
}

/** Writes the ConfigMaps and Secrets that a container mounts to where it mounts them, below `root`. */
export function writeMounts(
  root: string,
  { volumes = [] }: PodSpec,
  { volumeMounts = [] }: Container,
  objects: readonly KubernetesObject[],
): void {
  for (const { name, mountPath, subPath } of volumeMounts) {
    const volume = volumes.find((one) => one.name === name);
    const target = join(root, mountPath);
    if (volume?.persistentVolumeClaim !== undefined) {
      mkdirSync(target, { recursive: true });
      continue;
    }
    const source = volume?.configMap?.name ?? volume?.secret?.secretName ?? '';
    const texts = textsOf(objects, volume?.configMap === undefined ? 'Secret' : 'ConfigMap', source);
    const files = subPath === undefined ? [...texts] : [['', texts.get(subPath) ?? '']];
    for (const [file = '', text = ''] of files) write(join(target, file), below(root, text));
  }
}

/** Value of a variable of a container. */
export function variableOf(
  { value, valueFrom }: NonNullable<Container['env']>[number],
  namespace: string,
  objects: readonly KubernetesObject[],
): string {
  if (valueFrom?.fieldRef !== undefined) return namespace;
  const { name = '', key = '' } = valueFrom?.secretKeyRef ?? {};
  return valueFrom === undefined ? (value ?? '') : (textsOf(objects, 'Secret', name).get(key) ?? '');
}

function textsOf(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): ReadonlyMap<string, string> {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name) as Holder | undefined;
  if (found === undefined) throw new Error(`the hub's pod mounts ${kind} ${name}, which nothing renders`);
  const data = Object.entries(found.data ?? {}).map(([key, text]): [string, string] => [
    key,
    kind === 'Secret' ? Buffer.from(text, 'base64').toString() : text,
  ]);
  return new Map([...data, ...Object.entries(found.stringData ?? {})]);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
}
