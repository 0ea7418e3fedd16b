import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPlatform } from '../../lib/check/platform';
import type { Platform } from '../../lib/model/platform';
import { render } from '../../lib/render/render';

function repository(): Platform {
  const { platform } = loadPlatform(join(__dirname, '../..'));
  if (platform === undefined) throw new Error('the files of the repository do not pass the check');
  return platform;
}

describe('render', () => {
  const platform = repository();
  const [first] = platform.placements;
  if (first === undefined) throw new Error('the repository has no tenants');

  it('finds nothing in the files of the repository', () => {
    expect(render(platform).issues).toEqual([]);
  });

  it('finds objects and files that two sources make', () => {
    const twice = {
      ...platform,
      placements: [...platform.placements, { ...first, source: 'tenants/other.yaml' }],
    };
    const rules = new Set(render(twice).issues.map(({ rule }) => rule));
    expect(rules).toEqual(new Set(['duplicate-object', 'duplicate-file']));
  });

  it('shows every object to the judge once and returns what it found', () => {
    const seen: string[] = [];
    const issue = { level: 'error', rule: 'test', message: 'found' } as const;
    const { objects, issues } = render(platform, (manifests) => {
      seen.push(...manifests.map(({ owner }) => owner.path));
      return [issue];
    });
    expect(seen).toHaveLength(objects);
    expect(issues).toHaveLength(platform.clusters.length + platform.placements.length);
  });
});
