import { describe, expect, it } from '@jest/globals';
import { checkKubernetesVersion } from '../../lib/check/kubernetes-version';
import { CHARTS } from '../../lib/model/charts';
import { CLUSTER } from '../support/fixtures';

function problems(kubernetes: { min?: string; max?: string }): string[] {
  const found: string[] = [];
  const components = { kueue: { appVersion: 'v0.19.2', kubernetes: { ...kubernetes, source: 'a page' } } };
  checkKubernetesVersion(
    CLUSTER,
    (pointer, rule, message, hint) => void found.push(`${pointer.join('.')} [${rule}] ${message}; ${hint}`),
    components,
  );
  return found;
}

describe('the Kubernetes version of a cluster', () => {
  it.each([[{}], [{ min: '1.36' }], [{ max: '1.36' }], [{ min: '1.29', max: '1.36' }], [{ min: '1.9' }]])(
    '1.36 is inside %j',
    (range) => {
      expect(problems(range)).toEqual([]);
    },
  );

  it.each([
    [{ max: '1.35' }, 'up to 1.35'],
    [{ min: '1.37' }, '1.37 and later'],
    [{ min: '1.29', max: '1.35' }, '1.29 to 1.35'],
    [{ max: '1.4' }, 'up to 1.4'],
  ])('1.36 is outside %j', (range, text) => {
    expect(problems(range)).toEqual([
      `spec.kubernetesVersion [kubernetes-version] kueue v0.19.2 supports Kubernetes ${text}, not 1.36; ` +
        'raise kueue in imports/versions.yaml first (a page)',
    ]);
  });

  it('has a range, or a reason why not, for every component', () => {
    for (const { kubernetes } of Object.values(CHARTS)) {
      expect(kubernetes.source).toMatch(/, read \d{4}-\d\d-\d\d$/);
      if (kubernetes.min === undefined) expect(kubernetes.source).toContain('no range is published');
    }
  });
});
