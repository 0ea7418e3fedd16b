import { describe, expect, it } from '@jest/globals';
import { checkFileName } from '../../lib/check/file-name';
import type { Issue } from '../../lib/issue';
import { parseDocument } from '../../lib/load/yaml';

function check(file: string, text: string): Issue[] {
  const { document } = parseDocument(file, Buffer.from(text));
  if (!document) throw new Error('not readable');
  return checkFileName(document);
}

describe('checkFileName', () => {
  it('accepts a file named after its metadata.name', () => {
    expect(check('tenants/vision.yaml', 'metadata: {name: vision}')).toEqual([]);
  });

  it('reports another name where it stands', () => {
    expect(check('tenants/nlp.yaml', 'metadata:\n  name: vision')).toEqual([
      {
        level: 'error',
        rule: 'file-name',
        message: 'metadata.name "vision" and file name "nlp.yaml" differ',
        source: { file: 'tenants/nlp.yaml', line: 2, column: 9 },
        hint: 'a file is named <metadata.name>.yaml',
      },
    ]);
  });

  it.each(['a: 1', 'metadata:', 'metadata: [x]', 'metadata: {name: 3}', 'metadata: text'])(
    'leaves %j to the schema',
    (text) => {
      expect(check('tenants/a.yaml', text)).toEqual([]);
    },
  );
});
