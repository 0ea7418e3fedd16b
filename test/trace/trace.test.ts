import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadInputs } from '../../lib/check/inputs';
import { loadPlatform } from '../../lib/check/platform';
import type { Pointer } from '../../lib/issue';
import { collect } from '../../lib/render/collect';
import type { Manifest } from '../../lib/render/manifest';
import { tracer } from '../../lib/trace/trace';

const ROOT = join(__dirname, 'fixture');
const { platform } = loadPlatform(ROOT);
const manifests = platform === undefined ? [] : [...collect(platform)].flat();
const trace = tracer(loadInputs(ROOT));

function find(kind: string, name: string): Manifest {
  const found = manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** `file:line:column` and the text that stands there. */
function place(kind: string, name: string, pointer: Pointer): string {
  const source = trace(find(kind, name), pointer);
  if (source === undefined) return 'nowhere';
  const line = readFileSync(join(ROOT, source.file), 'utf8').split('\n')[source.line - 1] ?? '';
  return `${source.file}:${source.line}:${source.column} ${line.slice(source.column - 1).split(/[,}\]]/)[0]}`;
}

const WORKER = ['spec', 'workerGroupSpecs', 0];
const LIMITS = ['template', 'spec', 'containers', 0, 'resources', 'limits'];
const NOMINAL = ['spec', 'resourceGroups', 0, 'flavors', 0, 'resources', 0, 'nominalQuota'];

describe('a value of a rendered object', () => {
  it.each<[kind: string, name: string, pointer: Pointer, place: string]>([
    [
      'Namespace',
      'vision',
      ['metadata', 'annotations', 'tenantry.dev/owner'],
      'tenants/vision.yaml:9:10 ada@example.com',
    ],
    ['ResourceQuota', 'tenant', ['spec', 'hard', 'requests.cpu'], 'tenants/vision.yaml:17:24 64'],
    ['ResourceQuota', 'tenant', ['spec', 'hard', 'requests.storage'], 'tenants/vision.yaml:19:14 2Ti'],
    [
      'ResourceQuota',
      'tenant-gpu-a10g',
      ['spec', 'hard', 'requests.nvidia.com/gpu'],
      'tenants/vision.yaml:21:27 8',
    ],
    ['LimitRange', 'tenant', ['spec', 'limits', 0, 'max', 'cpu'], 'tenants/vision.yaml:17:24 64'],
    ['ClusterQueue', 'vision', NOMINAL, 'tenants/vision.yaml:21:49 4'],
    ['RayCluster', 'training', [...WORKER, 'maxReplicas'], 'tenants/vision.yaml:31:52 4'],
    ['RayCluster', 'training', [...WORKER, ...LIMITS, 'cpu'], 'tenants/vision.yaml:31:30 8'],
    ['RayCronJob', 'nightly-eval', ['spec', 'schedule'], 'tenants/vision.yaml:35:19 "0 2 * * *"'],
    ['RayCronJob', 'nightly-eval', ['spec', 'timeZone'], 'tenants/vision.yaml:36:19 Europe/Berlin'],
    ['AppProject', 'vision', ['metadata', 'name'], 'tenants/vision.yaml:6:9 vision'],
    ['ConfigMap', 'tenantry-tenant', ['data'], 'tenants/vision.yaml:12:14 ada'],
    ['NodePool', 'a10g', ['spec', 'limits'], 'clusters/prod.yaml:59:22 32'],
    ['EC2NodeClass', 'cpu', ['spec', 'role'], 'clusters/prod.yaml:5:9 prod'],
    ['Certificate', 'wildcard-tls', ['spec', 'dnsNames', 0], 'clusters/prod.yaml:10:11 ml.example.com'],
    ['ClusterSecretStore', 'platform', ['spec', 'provider'], 'clusters/prod.yaml:7:11 eu-west-1'],
  ])('comes from a field: %s %s %j', (kind, name, pointer, expected) => {
    expect(place(kind, name, pointer)).toBe(expected);
  });

  it('that is missing comes from what is around it', () => {
    const pointer = ['metadata', 'annotations', 'tenantry.dev/owner', 'deeper'];
    expect(place('Namespace', 'vision', pointer)).toBe('tenants/vision.yaml:9:10 ada@example.com');
  });

  it('that is the same for everybody comes from no field', () => {
    expect(place('RoleBinding', 'tenantry:hub', ['subjects', 0, 'name'])).toBe('nowhere');
  });

  it('of a file that nobody read comes from nowhere', () => {
    const manifest = find('Namespace', 'vision');
    const owner = { ...manifest.owner, source: 'tenants/other.yaml' };
    expect(trace({ ...manifest, owner }, ['metadata', 'name'])).toBeUndefined();
  });
});
