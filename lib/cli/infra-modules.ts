import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '../infrastructure/terraform/modules';
import { declaredVariables } from '../infrastructure/terraform/variables';
import { type Context, UsageError } from './command';

/** Compares the names that are set with those that the modules below a folder declare. */
export function compareModules({ out, fail }: Context, folder: string): number {
  let wrong = 0;
  for (const [name, { source, version, variables }] of Object.entries(MODULES)) {
    const [, below = ''] = source.split('//');
    const file = join(folder, name, below, 'variables.tf');
    if (!existsSync(file)) throw new UsageError(`--modules: ${file} is missing`);
    const declared = declaredVariables(readFileSync(file, 'utf8'));
    const used = Object.entries(variables).flatMap(([variable, attributes]) => [
      { text: variable, found: declared.has(variable) },
      ...attributes.map((attribute: string) => ({
        text: `${variable}.${attribute}`,
        found: declared.get(variable)?.has(attribute) === true,
      })),
    ]);
    const missing = used.filter(({ found }) => !found);
    for (const { text } of missing) fail(`${name} ${version}: error: it has no ${text}`);
    out(`${name} ${version}: ${used.length} names used, ${used.length - missing.length} found`);
    wrong += missing.length;
  }
  return wrong === 0 ? 0 : 1;
}
