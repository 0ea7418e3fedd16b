import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import type { ClusterFile } from '../../lib/schema/cluster';

const ROOT = join(__dirname, '../..');
const FAMILY = join(ROOT, 'images/ray');

const text = (name: string) => readFileSync(join(FAMILY, name), 'utf8');

/** Exact versions of a list, by the name of the package. */
function pins(name: string): Map<string, string> {
  const lines = text(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('--'));
  return new Map(
    lines.map((line): [string, string] => {
      const [, package_ = '', version = ''] = /^([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)$/.exec(line) ?? [];
      if (version === '') throw new Error(`${name}: "${line}" is no exact version`);
      return [package_, version];
    }),
  );
}

const chosen = pins('requirements.in');
const common = pins('requirements.txt');
const dockerfile = text('Dockerfile');
const python = /^ARG PYTHON=(.+)$/m.exec(dockerfile)?.[1];
const targets = [...dockerfile.matchAll(/^FROM ray AS (\S+)$/gm)].map(([, target]) => target ?? '');

/** CUDA 12.8 is cu128, nothing is cpu: the name of a target and of its list. */
const targetOf = (cuda?: string) => (cuda === undefined ? 'cpu' : `cu${cuda.replace('.', '')}`);

const clusters = readdirSync(join(ROOT, 'clusters'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => load(readFileSync(join(ROOT, 'clusters', name), 'utf8')) as ClusterFile);
const built = clusters.flatMap(({ metadata, spec }) =>
  Object.entries(spec.images)
    .filter(([, { image }]) => /\/tenantry\/ray[:@]/.test(image))
    .map(([key, image]) => ({ where: `${key} of ${metadata.name}`, key, ...image })),
);

describe('versions of the image family', () => {
  it('are what the lists were resolved from', () => {
    for (const [package_, version] of chosen) {
      const found = package_ === 'torch' ? pins('torch-cu128.txt') : common;
      expect([package_, found.get(package_)]).toEqual([package_, version]);
    }
  });

  it('are those of the catalogue of every cluster', () => {
    expect(built.length).toBeGreaterThan(0);
    for (const { where, key, image, ray, python: minor, cuda } of built) {
      const target = targetOf(cuda);
      expect([where, ray, minor]).toEqual([where, chosen.get('ray'), python]);
      expect([where, targets.includes(target)]).toEqual([where, true]);
      const [major, second] = ray.split('.');
      const suffix = `py${minor.replace('.', '')}-${target}`;
      expect(key).toBe(`ray-${major}.${second}-${suffix}`);
      // A digest says nothing of the versions in it.
      if (!image.includes('@')) expect(image).toMatch(new RegExp(`:${ray}-${suffix}$`));
    }
  });

  it('name the CUDA that PyTorch brings, and none for the CPU twin', () => {
    for (const target of targets) {
      const list = pins(`torch-${target}.txt`);
      const runtime = list.get('nvidia-cuda-runtime-cu12');
      expect([target, targetOf(runtime?.split('.').slice(0, 2).join('.'))]).toEqual([target, target]);
      expect(list.get('torch')?.split('+')[0]).toBe(chosen.get('torch'));
      expect(dockerfile).toContain(`COPY ray/torch-${target}.txt `);
    }
  });

  it('have the JupyterHub minor of the hub and the Kubernetes minor of the clusters', () => {
    expect(common.get('jupyterhub')).toMatch(/^5\.5\./);
    for (const { spec } of clusters) {
      expect(common.get('kubernetes')?.split('.')[0]).toBe(spec.kubernetesVersion.split('.')[1]);
    }
  });
});

describe('the image', () => {
  it('has the tools that KubeRay calls, and runs as the user that pods are given', () => {
    expect(dockerfile).toMatch(/apt-get install .*\bwget\b/);
    expect(dockerfile).toMatch(/useradd .*--uid 1000/);
    expect(dockerfile.match(/^USER .*$/gm)?.at(-1)).toBe('USER 1000:100');
  });

  it('starts the processes of Ray Client without the fork support of gRPC', () => {
    expect(dockerfile).toMatch(/^ENV (.*\\\n)*.*GRPC_ENABLE_FORK_SUPPORT=false/m);
  });

  it('asks for no GPU by itself: only a pod with GPUs in its limits gets some', () => {
    expect(dockerfile).not.toMatch(/^(ENV|ARG) .*NVIDIA_VISIBLE_DEVICES/m);
    expect(dockerfile).not.toMatch(/^FROM nvidia/m);
  });
});
