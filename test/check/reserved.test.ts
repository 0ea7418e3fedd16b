import { describe, expect, it } from '@jest/globals';
import { PLATFORM } from '../../argocd/roots';
import { COMPONENTS } from '../../charts/platform/components';
import { reservedReason } from '../../lib/check/reserved';
import { NAMESPACE } from '../../lib/model/names';

describe('reservedReason', () => {
  it('keeps tenants off every namespace, Application and project of the platform', () => {
    const taken = [
      PLATFORM,
      'tenants',
      'default',
      'kube-system',
      'kube-public',
      ...Object.values(NAMESPACE),
      ...COMPONENTS.flatMap(({ name, namespace }) => [name, namespace]),
    ];
    expect(taken.filter((name) => reservedReason(name) === undefined)).toEqual([]);
  });

  it.each(['vision', 'kubernetes-fans', 'workloads', 'a-workloads-b', 'argo'])('leaves %s free', (name) => {
    expect(reservedReason(name)).toBeUndefined();
  });
});
