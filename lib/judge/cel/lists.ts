import type { Library } from './library';

/** What `sets` stands for in an expression. */
class Sets {}

type Item = string | number | bigint | boolean;

/** Kubernetes' list and set libraries (k8s.io/apiserver/pkg/cel/library, cel-go's ext.Sets). */
export const lists: Library = (environment) => {
  environment
    .registerType('kubernetes.Sets', Sets)
    .registerConstant('sets', 'kubernetes.Sets', new Sets())
    .registerFunction('list.isSorted(): bool', (list: Item[]) =>
      list.every((item, index) => index === 0 || (list[index - 1] as Item) <= item),
    )
    .registerFunction('list.sum(): dyn', (list: Item[]) => sum(list))
    .registerFunction('list.min(): dyn', (list: Item[]) => extreme(list, (a, b) => a < b))
    .registerFunction('list.max(): dyn', (list: Item[]) => extreme(list, (a, b) => a > b))
    .registerFunction('list.indexOf(dyn): int', (list: Item[], item: Item) =>
      BigInt(list.findIndex((other) => same(other, item))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: Item[], item: Item) =>
      BigInt(list.findLastIndex((other) => same(other, item))),
    )
    .registerFunction('kubernetes.Sets.contains(list, list): bool', (_: Sets, list: Item[], part: Item[]) =>
      part.every((item) => has(list, item)),
    )
    .registerFunction('kubernetes.Sets.intersects(list, list): bool', (_: Sets, a: Item[], b: Item[]) =>
      b.some((item) => has(a, item)),
    )
    .registerFunction(
      'kubernetes.Sets.equivalent(list, list): bool',
      (_: Sets, a: Item[], b: Item[]) => a.every((item) => has(b, item)) && b.every((item) => has(a, item)),
    );
};

function sum(list: Item[]): Item {
  if (list.length === 0) return 0n;
  return (list as number[]).reduce((total, item) => total + item);
}

function extreme(list: Item[], better: (a: Item, b: Item) => boolean): Item {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('min and max need a list with items');
  return rest.reduce((best, item) => (better(item, best) ? item : best), first);
}

function has(list: Item[], item: Item): boolean {
  return list.some((other) => same(other, item));
}

/** Equal values; objects by their content. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
