import type { ErrorObject } from 'ajv';
import { branchesOf, listedValues, type SchemaNode, takesTypeOf } from './schema-node';

const UNIONS: ReadonlySet<string> = new Set(['anyOf', 'oneOf']);

/**
 * Leaves of each failed union only the errors of the branch that was most likely meant, or else the
 * error of the union itself. Expects ajv's order: the errors of all branches, then that of the union.
 */
export function settleUnions(errors: readonly ErrorObject[]): ErrorObject[] {
  const settled: ErrorObject[] = [];
  let index = errors.length - 1;
  for (let error = errors[index]; error !== undefined; error = errors[index]) {
    const end = index;
    if (UNIONS.has(error.keyword))
      while (errors[index - 1]?.schemaPath.startsWith(`${error.schemaPath}/`)) index--;
    const inner = errors.slice(index, end);
    settled.push(...(UNIONS.has(error.keyword) ? chooseBranch(error, inner) : [error]));
    index--;
  }
  return settled;
}

function chooseBranch(union: ErrorObject, inner: readonly ErrorObject[]): readonly ErrorObject[] {
  const branches = union.schema as readonly SchemaNode[];
  const isScalar = typeof union.data !== 'object' || union.data === null;
  const candidates = branches.flatMap((branch, index) => {
    if (!takesTypeOf(branch, union.data)) return [];
    if (isScalar && branchesOf(branch).some(listedValues)) return [[]];
    return [
      settleUnions(inner.filter((error) => error.schemaPath.startsWith(`${union.schemaPath}/${index}/`))),
    ];
  });
  if (isScalar && candidates.length > 1) return [union];
  const [best] = candidates.sort((a, b) => weigh(a) - weigh(b));
  return best === undefined || best.length === 0 ? [union] : best;
}

/** A wrong constant, such as another `kind`, tells more than a few unknown fields. */
function weigh(errors: readonly ErrorObject[]): number {
  return errors.reduce((sum, { keyword }) => sum + (keyword === 'const' ? 10 : 1), 0);
}
