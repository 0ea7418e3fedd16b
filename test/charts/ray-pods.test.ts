import { describe, expect, it } from '@jest/globals';
import type { RayCluster, RayCronJob, RayService } from '../../imports/ray.io';
import { containerProblems, podSecurityProblems } from '../../lib/judge/pod-security';
import { toMebibytes } from '../../lib/model/quantity';
import { renderAll, renderTenant, SMALL, VISION } from '../support/fixtures';
import { change, find, mainContainer, type Template, templatesOf } from '../support/objects';

const objects = renderTenant(VISION);
const pods = objects.flatMap((object) =>
  templatesOf(object).map((template) => ({
    ...template,
    where: `${object.metadata.name}.${template.where}`,
  })),
);

/** A pod template by a part of its place. */
function pod(where: string): Template {
  const found = pods.filter((template) => template.where.includes(where));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} pods at ${where}`);
  return first;
}
const HEADS = pods.filter(({ where }) => where.includes('headGroupSpec'));
const WORKERS = pods.filter(({ where }) => where.includes('workerGroupSpecs'));

describe('every Ray pod', () => {
  it('is found: three heads, five worker groups, one submitter', () => {
    expect(pods.map(({ where }) => where)).toEqual([
      'training.spec.headGroupSpec.template',
      'training.spec.workerGroupSpecs.0.template',
      'training.spec.workerGroupSpecs.1.template',
      'training.spec.workerGroupSpecs.2.template',
      'chat.spec.rayClusterConfig.headGroupSpec.template',
      'chat.spec.rayClusterConfig.workerGroupSpecs.0.template',
      'nightly.spec.jobTemplate.rayClusterSpec.headGroupSpec.template',
      'nightly.spec.jobTemplate.rayClusterSpec.workerGroupSpecs.0.template',
      'nightly.spec.jobTemplate.submitterPodTemplate',
    ]);
  });

  it.each(pods)('passes Pod Security restricted: $where', ({ spec }) => {
    expect(podSecurityProblems(spec)).toEqual([]);
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 100,
      fsGroup: 100,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['hostNetwork'], true, 'hostNetwork'],
    [['hostPID'], true, 'hostPID'],
    [['hostIPC'], true, 'hostIPC'],
    [['securityContext', 'runAsUser'], 0, 'runAsUser'],
    [['securityContext', 'sysctls'], [{ name: 'kernel.msgmax', value: '1' }], 'sysctls'],
    [['volumes', 0, 'hostPath'], { path: '/' }, 'volumes.hostPath'],
    [['containers', 0, 'securityContext', 'privileged'], true, 'privileged'],
    [['containers', 0, 'securityContext', 'allowPrivilegeEscalation'], undefined, 'allowPrivilegeEscalation'],
    [['containers', 0, 'securityContext', 'capabilities', 'drop'], ['NET_RAW'], 'capabilities.drop'],
    [['containers', 0, 'securityContext', 'capabilities', 'add'], ['SYS_ADMIN'], 'capabilities.add'],
    [['containers', 0, 'securityContext', 'runAsNonRoot'], false, 'runAsNonRoot'],
    [['containers', 0, 'securityContext', 'runAsUser'], 0, 'runAsUser'],
    [['containers', 0, 'securityContext', 'seccompProfile', 'type'], 'Unconfined', 'seccompProfile'],
    [['containers', 0, 'securityContext', 'procMount'], 'Unmasked', 'procMount'],
    [['containers', 0, 'ports', 0, 'hostPort'], 6379, 'hostPort'],
    [['initContainers'], [{ name: 'sidecar' }], 'allowPrivilegeEscalation'],
  ])('is judged: %j = %j', (path, value, problem) => {
    const sabotaged = change(pod('training.spec.headGroupSpec').spec, path, value);
    expect(podSecurityProblems(sabotaged)).toContain(problem);
  });

  it.each(pods)('asks for what it may use, in pinned images: $where', ({ spec }) => {
    for (const { resources = {}, image = '', imagePullPolicy } of spec.containers) {
      const { requests = {}, limits = {} } = resources;
      expect(requests).toEqual(limits);
      expect(Object.keys(limits)).toEqual(expect.arrayContaining(['cpu', 'memory']));
      expect(imagePullPolicy).toBe('IfNotPresent');
      expect(image).toMatch(/^registry\.example\.com\/ray:2\.\d+\.0-gpu$/);
    }
  });

  it.each(pods)('belongs to its tenant, and is not started again in place: $where', ({ metadata, spec }) => {
    expect(metadata.labels).toEqual({ 'tenantry.dev/tenant': 'vision' });
    expect(spec.restartPolicy).toBe('Never');
    expect(spec.nodeName).toBeUndefined();
  });
});

describe('the autoscaler beside the head', () => {
  it.each([
    ['RayCluster', find<RayCluster>(objects, 'RayCluster', 'training').spec],
    ['RayService', find<RayService>(objects, 'RayService', 'chat').spec?.rayClusterConfig],
  ])('passes Pod Security too, since KubeRay gives it no context of its own: %s', (_, spec) => {
    const { securityContext, resources, imagePullPolicy } = spec?.autoscalerOptions ?? {};
    expect(imagePullPolicy).toBe('IfNotPresent');
    expect(containerProblems(securityContext === undefined ? {} : { securityContext }, {})).toEqual([]);
    expect(resources).toEqual({
      requests: { cpu: '500m', memory: '1Gi' },
      limits: { cpu: '500m', memory: '1Gi' },
    });
  });
});

describe('service accounts', () => {
  const accounts = (list: readonly Template[]) =>
    list.map(({ spec }) => [spec.serviceAccountName, spec.automountServiceAccountToken]);

  it('give a token to heads that scale, and to nobody else', () => {
    expect(accounts(HEADS)).toEqual([
      ['ray-head', true],
      ['ray-head', true],
      ['ray-head', false],
    ]);
    expect(new Set(accounts(WORKERS).flat())).toEqual(new Set(['ray-worker', false]));
    expect(accounts([pod('submitterPodTemplate')])).toEqual([['ray-worker', false]]);
  });
});

describe('placement', () => {
  const placed = (where: string) => {
    const { nodeSelector, tolerations, priorityClassName } = pod(where).spec;
    return { nodeSelector, tolerations, priorityClassName };
  };
  const gpu = (value: string) => ({ key: 'nvidia.com/gpu', operator: 'Equal', value, effect: 'NoSchedule' });
  const tenant = { key: 'tenantry.dev/tenant', operator: 'Equal', value: 'vision', effect: 'NoSchedule' };

  it('keeps heads on on-demand CPU nodes, and from being moved', () => {
    for (const { spec, metadata } of HEADS) {
      expect(spec.nodeSelector).toEqual({
        'tenantry.dev/gpu-type': 'none',
        'karpenter.sh/capacity-type': 'on-demand',
      });
      expect(spec).not.toHaveProperty('tolerations');
      expect(metadata.annotations).toEqual({ 'karpenter.sh/do-not-disrupt': 'true' });
    }
  });

  it('sends workers to the nodes of their kind, past the taint of their type only', () => {
    expect(placed('training.spec.workerGroupSpecs.0')).toEqual({
      nodeSelector: { 'tenantry.dev/gpu-type': 'none' },
      priorityClassName: 'tenant-cpu',
    });
    expect(placed('training.spec.workerGroupSpecs.1')).toEqual({
      nodeSelector: { 'tenantry.dev/gpu-type': 'a10g' },
      tolerations: [gpu('a10g')],
      priorityClassName: 'tenant-gpu-a10g',
    });
  });

  it('sends workers to the pool of their tenant where it has one', () => {
    expect(placed('training.spec.workerGroupSpecs.2')).toEqual({
      nodeSelector: {
        'tenantry.dev/gpu-type': 'h100',
        'tenantry.dev/tenant': 'vision',
        'karpenter.sh/capacity-type': 'on-demand',
      },
      tolerations: [gpu('h100'), tenant],
      priorityClassName: 'tenant-gpu-h100',
    });
  });

  it('lets idle workers of standing clusters be moved, those of jobs never', () => {
    const disruptable = WORKERS.filter(({ metadata }) => metadata.annotations === undefined);
    expect(disruptable.map(({ where }) => where.split('.')[0])).toEqual([
      'training',
      'training',
      'training',
      'chat',
    ]);
    expect(pod('submitterPodTemplate').metadata.annotations).toEqual({
      'karpenter.sh/do-not-disrupt': 'true',
    });
  });

  it('counts GPUs of a worker, and what they bring along', () => {
    expect(mainContainer(pod('training.spec.workerGroupSpecs.2')).resources?.limits).toEqual({
      cpu: '28',
      memory: '440Gi',
      'nvidia.com/gpu': '2',
    });
  });
});

/** Shared memory that is missing, unbounded, or larger than the container that it counts towards. */
function sharedMemory(template: Template): string {
  const mount = mainContainer(template).volumeMounts?.find(({ mountPath }) => mountPath === '/dev/shm');
  const emptyDir = template.spec.volumes?.find(({ name }) => name === mount?.name)?.emptyDir;
  const limit = mainContainer(template).resources?.limits?.memory;
  if (emptyDir?.medium !== 'Memory') return 'not in memory';
  if (emptyDir.sizeLimit === undefined) return 'unbounded';
  return toMebibytes(String(emptyDir.sizeLimit)) < toMebibytes(String(limit)) ? 'good' : 'too large';
}

describe('shared memory', () => {
  it('is what the object store takes: 30 % of the memory', () => {
    const [volume] = pod('training.spec.headGroupSpec').spec.volumes ?? [];
    expect(volume?.emptyDir?.sizeLimit).toBe(`${Math.floor(8 * 1024 * 0.3)}Mi`);
  });

  it.each([...HEADS, ...WORKERS])('is there, in memory, below the limit: $where', (template) => {
    expect(sharedMemory(template)).toBe('good');
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'volumes', 0, 'emptyDir', 'medium'], '', 'not in memory'],
    [['spec', 'containers', 0, 'volumeMounts'], [], 'not in memory'],
    [['spec', 'volumes', 0, 'emptyDir', 'sizeLimit'], undefined, 'unbounded'],
    [['spec', 'volumes', 0, 'emptyDir', 'sizeLimit'], '64Gi', 'too large'],
  ])('is judged: %j = %j', (path, value, problem) => {
    expect(sharedMemory(change(pod('training.spec.headGroupSpec'), path, value))).toBe(problem);
  });
});

describe('the platform', () => {
  it('renders no pod of its own, and none for a tenant without Ray', () => {
    expect(renderAll([SMALL]).flatMap((object) => templatesOf(object))).toEqual([]);
  });
});

describe('the head', () => {
  it('has the ports that KubeRay makes Services of, under the names that it knows', () => {
    for (const head of HEADS) {
      expect(mainContainer(head).ports?.map(({ name, containerPort }) => [name, containerPort])).toEqual([
        ['gcs-server', 6379],
        ['dashboard', 8265],
        ['client', 10001],
        ['serve', 8000],
        ['metrics', 8080],
      ]);
    }
  });

  it('is told from workers by the name of its container', () => {
    const names = (list: readonly Template[]) =>
      new Set(list.map((template) => mainContainer(template).name));
    expect([names(HEADS), names(WORKERS)]).toEqual([new Set(['ray-head']), new Set(['ray-worker'])]);
  });
});

describe('the submitter', () => {
  it('has a container and no command: KubeRay fills it in', () => {
    const job = find<RayCronJob>(objects, 'RayCronJob', 'nightly').spec.jobTemplate;
    const [container, ...others] = job.submitterPodTemplate?.spec?.containers ?? [];
    expect(others).toEqual([]);
    expect(container).toMatchObject({
      name: 'ray-job-submitter',
      image: 'registry.example.com/ray:2.60.0-gpu',
    });
    expect(container).not.toHaveProperty('command');
  });
});
