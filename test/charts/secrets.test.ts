import { describe, expect, it } from '@jest/globals';
import type { ExternalSecret } from '../../imports/external-secrets.io';
import type { Password } from '../../imports/generators.external-secrets.io';
import { renderAll, renderTenant, SMALL, VISION } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const objects = renderTenant(SMALL);
const password = find<Password>(objects, 'Password', 'ray-token');
const external = find<ExternalSecret>(objects, 'ExternalSecret', 'ray-token');

/** What would make the token weak, unusable in a header, or change under running pods. */
function tokenProblems(generator: Password, secret: ExternalSecret): string[] {
  const problems: [boolean, string][] = [
    [(generator.spec?.length ?? 0) < 32, 'short'],
    [generator.spec?.encoding !== 'hex', 'symbols in a header'],
    [generator.spec?.secretKeys?.join() !== 'auth_token', 'not the key that KubeRay reads'],
    [generator.spec?.noUpper !== false || generator.spec?.allowRepeat !== true, 'fewer letters'],
    [secret.spec?.refreshPolicy !== 'CreatedOnce', 'changes'],
    [secret.spec?.target?.deletionPolicy !== 'Retain', 'goes with its source'],
    [secret.spec?.dataFrom?.[0]?.sourceRef?.generatorRef?.name !== generator.metadata.name, 'no generator'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

describe('the Ray token', () => {
  it('is random hex, made once, under the name and key that Ray objects read', () => {
    expect(tokenProblems(password, external)).toEqual([]);
    expect(external.spec?.target?.name).toBe('ray-token');
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'length'], 8, 'short'],
    [['spec', 'encoding'], 'raw', 'symbols in a header'],
    [['spec', 'secretKeys'], ['password'], 'not the key that KubeRay reads'],
    [['spec', 'noUpper'], true, 'fewer letters'],
    [['spec', 'allowRepeat'], false, 'fewer letters'],
  ])('is judged: Password %j = %j', (path, value, problem) => {
    expect(tokenProblems(change(password, path, value), external)).toEqual([problem]);
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'refreshPolicy'], 'Periodic', 'changes'],
    [['spec', 'target', 'deletionPolicy'], 'Delete', 'goes with its source'],
    [['spec', 'dataFrom', 0, 'sourceRef', 'generatorRef', 'name'], 'other', 'no generator'],
  ])('is judged: ExternalSecret %j = %j', (path, value, problem) => {
    expect(tokenProblems(password, change(external, path, value))).toEqual([problem]);
  });

  it('is the only secret: none is rendered with data', () => {
    expect(ofKind(renderAll([SMALL, VISION]), 'Secret')).toEqual([]);
  });
});
