import { describe, expect, it } from '@jest/globals';
import { readInstanceTypes } from '../../lib/import/instance-types';
import { INSTANCE_TYPES } from './fixtures';

const FAMILIES = { gpu: ['g9'], cpu: ['m9'] };

describe('readInstanceTypes', () => {
  it('gives the facts of amd64 types of the families, without bare metal', () => {
    const common = { vcpu: 8, memoryMiB: 32768, allocatable: { cpu: '7910m', memory: '29317Mi' } };
    expect(readInstanceTypes(INSTANCE_TYPES, FAMILIES)).toEqual({
      'g9.large': { ...common, gpus: 2, gpuName: 'a99', gpuMemoryMiB: 24576, nvmeGB: 600 },
      'm9.large': common,
    });
  });

  it.each([
    ['has no instance type of m9g', INSTANCE_TYPES, { gpu: ['g9'], cpu: ['m9', 'm9g'] }],
    ['has no instance type of c9', INSTANCE_TYPES, { gpu: ['g9'], cpu: ['c9'] }],
    [
      'g9.large has no karpenter.k8s.aws/instance-cpu',
      INSTANCE_TYPES.replace('instance-cpu|8', 'instance-x|8'),
      FAMILIES,
    ],
    [
      'g9.large has karpenter.k8s.aws/instance-cpu eight',
      INSTANCE_TYPES.replace('instance-cpu|8', 'instance-cpu|eight'),
      FAMILIES,
    ],
    ['m9.large has no karpenter.k8s.aws/instance-gpu-count', INSTANCE_TYPES, { gpu: ['m9'], cpu: ['g9'] }],
  ])('refuses a page: %s', (message, page, families) => {
    expect(() => readInstanceTypes(page, families)).toThrow(message);
  });
});
