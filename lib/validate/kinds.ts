import { isDefinition, kindsOf } from '../judge/crd';
import { judge } from '../judge/judge';
import { CURRENT_VERSION } from '../judge/version';
import type { KindSchema } from '../model/schema';
import { type LoadSchema, loadSchema } from '../model/schemas';
import { objectsOf, readBytes } from './inputs';

const MENTION = 'CustomResourceDefinition';

/** The kinds of imports/ and those that good CustomResourceDefinitions in the files define; these win. */
export function schemasWith(files: readonly string[]): LoadSchema {
  const defined = new Map<string, KindSchema>();
  for (const file of files) {
    // Few files have any: the others are not decoded twice.
    if (!readBytes(file).includes(MENTION)) continue;
    for (const { value } of objectsOf(file)) {
      if (!isDefinition(value)) continue;
      const findings = judge(value, { schemas: loadSchema, version: CURRENT_VERSION });
      if (findings.length === 0) for (const [key, kind] of kindsOf(value)) defined.set(key, kind);
    }
  }
  return (apiVersion, kind) => defined.get(`${apiVersion}/${kind}`) ?? loadSchema(apiVersion, kind);
}
