import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pinned } from '../../images/pin';

const FILE = 'clusters/lab.yaml';
const KEY = 'ray-2.60-py312-cpu';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const file = (image: string) =>
  Buffer.from(
    `# A lab.\nspec:\n  images:\n    ${KEY}: # the twin\n      image: ${image} # ours\n      ray: 2.60.0\n`,
  );
const pin = (image: string, key = KEY, digest = DIGEST) => pinned(FILE, file(image), key, digest);

describe('writing a digest into a cluster file', () => {
  it.each([
    ['a tag', 'registry.example.com/tenantry/ray:2.60.0-py312-cpu', 'registry.example.com/tenantry/ray'],
    ['a digest', `registry.example.com/ray@sha256:${'f'.repeat(64)}`, 'registry.example.com/ray'],
    ['a registry with a port', 'localhost:5000/ray:2.60.0', 'localhost:5000/ray'],
    ['quotes', '"registry.example.com/ray:2.60.0"', 'registry.example.com/ray'],
  ])('replaces %s and keeps all else, comments too', (_what, before, repository) => {
    expect(pin(before)).toBe(file(`${repository}@${DIGEST}`).toString());
  });

  it('changes one line of the real file', () => {
    const path = 'clusters/staging.yaml';
    const before = readFileSync(join(__dirname, '../..', path));
    const [old, now] = [before.toString(), pinned(path, before, KEY, DIGEST)].map((text) => text.split('\n'));
    const changed = now?.filter((line, index) => line !== old?.[index]);
    expect(changed).toEqual([expect.stringMatching(`^      image: .+/tenantry/ray@${DIGEST}$`)]);
  });

  it('says what is wrong', () => {
    const image = 'registry.example.com/ray:2.60.0';
    expect(() => pin(image, 'ray-2.60-py312-gpu')).toThrow(
      new TypeError(`${FILE} has no image "ray-2.60-py312-gpu"; did you mean "${KEY}"?`),
    );
    expect(() => pin(image, 'toString')).toThrow(`${FILE} has no image "toString"`);
    expect(() => pin(image, KEY, 'latest')).toThrow('"latest" is no digest');
    expect(() => pinned(FILE, Buffer.from('a: ['), KEY, DIGEST)).toThrow(`${FILE}: `);
  });
});
