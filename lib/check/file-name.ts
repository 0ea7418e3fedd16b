import { basename } from 'node:path/posix';
import type { Issue } from '../issue';
import { quote } from '../load/words';
import type { Document } from '../load/yaml';

/** Checks that a file is named after its `metadata.name`; a name that is not a string is left to the schema. */
export function checkFileName(document: Document): Issue[] {
  const { metadata } = Object(document.value) as { metadata?: unknown };
  const { name } = Object(metadata) as { name?: unknown };
  const file = basename(document.file);
  if (typeof name !== 'string' || file === `${name}.yaml`) return [];
  return [
    {
      level: 'error',
      rule: 'file-name',
      message: `metadata.name ${quote(name)} and file name ${quote(file)} differ`,
      source: document.at(['metadata', 'name']),
      hint: 'a file is named <metadata.name>.yaml',
    },
  ];
}
