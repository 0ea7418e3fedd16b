import { compare } from '../issue';
import type { Field, Shape } from './shape';

/** A named object type. */
export interface Interface {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Interfaces under their names, and the name of each object shape inside them. */
export interface Interfaces {
  readonly interfaces: readonly Interface[];
  readonly nameOf: (shape: Shape) => string;
}

/**
 * Names every object shape below some roots by its path. Equal shapes share one interface, under the
 * shortest of their paths.
 */
export function nameInterfaces(roots: readonly Interface[]): Interfaces {
  const found: Found = new Map();
  for (const { name, fields } of roots) collectFields(fields, name, found);
  const taken = new Set(roots.map(({ name }) => name));
  const names = new Map<string, string>();
  const interfaces = [...roots];
  for (const [key, { name: path, fields }] of [...found].sort(([, a], [, b]) => byLength(a.name, b.name))) {
    const name = firstFree(path, taken);
    taken.add(name);
    names.set(key, name);
    interfaces.push({ name, fields });
  }
  return {
    interfaces: interfaces.sort((a, b) => compare(a.name, b.name)),
    nameOf: (shape) => names.get(JSON.stringify(shape)) ?? 'unknown',
  };
}

/** Object shapes by their JSON, each with the shortest path to it. */
type Found = Map<string, Interface>;

function collectFields(fields: readonly Field[], parent: string, found: Found): void {
  for (const { name, shape } of fields) collect(shape, childName(parent, name), found);
}

function collect(shape: Shape, name: string, found: Found): void {
  if (shape.is === 'list') collect(shape.item, singular(name), found);
  if (shape.is === 'map') collect(shape.value, singular(name), found);
  if (shape.is !== 'object') return;
  const key = JSON.stringify(shape);
  const known = found.get(key);
  if (known === undefined || byLength(name, known.name) < 0) found.set(key, { name, fields: shape.fields });
  collectFields(shape.fields, name, found);
}

/** `RayClusterSpec` and `workerGroupSpecs` make `RayClusterWorkerGroupSpecs`. */
function childName(parent: string, field: string): string {
  const words = field.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return parent.replace(/Spec$/, '') + words.join('');
}

const PLURALS: readonly [RegExp, string][] = [
  [/ies$/, 'y'],
  [/(ss|x|sh|ch)es$/, '$1'],
  [/([a-z][a-rtv-z])s$/, '$1'],
];

function singular(name: string): string {
  const plural = PLURALS.find(([ending]) => ending.test(name));
  return plural === undefined ? name : name.replace(...plural);
}

function byLength(a: string, b: string): number {
  return a.length - b.length || compare(a, b);
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
  return free;
}
