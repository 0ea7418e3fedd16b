import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { TenantFile } from '../../lib/schema/tenant';
import { renderTenant, SMALL, VISION } from '../support/fixtures';
import { find, ofKind } from '../support/objects';

interface ConfigMap extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

interface Role extends KubernetesObject {
  readonly rules: readonly unknown[];
}

// biome-ignore lint/suspicious/noExplicitAny: the template is data for a program in another language.
function template(tenant: TenantFile): any {
  const { data } = find<ConfigMap>(renderTenant(tenant), 'ConfigMap', 'tenantry-jobs');
  return load(data['template.yaml'] ?? '');
}

function hasTemplate(spec: Partial<TenantFile['spec']>): boolean {
  const objects = renderTenant({ ...VISION, spec: { ...VISION.spec, ...spec } });
  return ofKind(objects, 'ConfigMap').some(({ metadata }) => metadata.name === 'tenantry-jobs');
}

describe('the template of jobs that notebooks submit', () => {
  it('is a RayJob without workers, with the token, limits and accounts of a schedule', () => {
    const { job } = template(VISION);
    expect(job).toMatchObject({
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      spec: {
        activeDeadlineSeconds: 8 * 3600,
        shutdownAfterJobFinishes: true,
        backoffLimit: 0,
        submissionMode: 'K8sJobMode',
        rayClusterSpec: {
          authOptions: { mode: 'token', secretName: 'ray-token' },
          enableInTreeAutoscaling: false,
          workerGroupSpecs: [],
        },
      },
    });
    expect(job.spec.submitterPodTemplate.spec.serviceAccountName).toBe('ray-worker');
    expect(job.spec.entrypoint).toBeUndefined();
  });

  it('has a worker of one core or one GPU for each type with a jobs budget, and how many fit', () => {
    const { workers } = template(VISION);
    expect(Object.keys(workers).sort()).toEqual(['a10g', 'cpu']);
    // 160 GiB less head and submitter, at 4 GiB a core, are fewer than 40 cores less theirs.
    expect(workers.cpu.max).toBe(37);
    expect(workers.a10g.max).toBe(4);
    const [container] = workers.a10g.group.template.spec.containers;
    expect(container.resources.limits).toEqual({ cpu: '7', memory: '26Gi', 'nvidia.com/gpu': '1' });
    expect(workers.a10g.group.template.spec.nodeSelector['tenantry.dev/gpu-type']).toBe('a10g');
  });

  it('names the images of the catalogue and the default one', () => {
    const { image, images } = template(VISION);
    expect(image).toBe('gpu');
    expect(images.gpu).toEqual({
      image: 'registry.example.com/ray:2.60.0-gpu',
      ray: '2.60.0',
      python: '3.12',
      cuda: '12.8',
    });
  });

  it('is not there where no job can run or none may be submitted', () => {
    expect(hasTemplate({})).toBe(true);
    expect(hasTemplate({ quota: SMALL.spec.quota })).toBe(false);
    expect(hasTemplate({ notebooks: { submitJobs: false } })).toBe(false);
    expect(hasTemplate({ state: 'archived' })).toBe(false);
  });

  it('is all that the notebook reads beside its jobs', () => {
    const { rules } = find<Role>(renderTenant(VISION), 'Role', 'tenantry:notebook');
    expect(rules).toContainEqual({
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['tenantry-jobs'],
      verbs: ['get'],
    });
  });
});
