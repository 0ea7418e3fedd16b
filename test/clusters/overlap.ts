/** Parts of an ARN; a resource may have colons of its own. */
const PARTS = 6;

/**
 * Whether some ARN is meant by both: a resource of a policy, with * and ?, and the format of a type of resource, whose
 * variables stand for any text; the name of a bucket has no slash.
 */
export function overlap(resource: string, format: string): boolean {
  if (!resource.startsWith('arn:')) return resource.startsWith('*');
  const ours = parts(resource);
  const theirs = parts(
    format.replaceAll(/\$\{(\w+)\}/g, (_, name) => (name === 'BucketName' ? NO_SLASH : '*')),
  );
  return ours.length === theirs.length && ours.every((part, index) => meet(part, theirs[index] ?? ''));
}

/** Stands for any text without a slash. */
const NO_SLASH = '\0';

function parts(arn: string): string[] {
  const all = arn.split(':');
  return [...all.slice(0, PARTS - 1), all.slice(PARTS - 1).join(':')];
}

/** Whether some text is meant by both patterns. */
function meet(a: string, b: string): boolean {
  if (a === '' && b === '') return true;
  return (
    skips(a, b) ||
    skips(b, a) ||
    (a !== '' && b !== '' && !wild(a) && !wild(b) && one(a, b) && meet(a.slice(1), b.slice(1)))
  );
}

/** The first pattern begins with one that stands for nothing, or for what the second begins with. */
function skips(a: string, b: string): boolean {
  if (!wild(a)) return false;
  const takes = b !== '' && !(a.startsWith(NO_SLASH) && b.startsWith('/'));
  return meet(a.slice(1), b) || (takes && meet(a, b.slice(1)));
}

function wild(pattern: string): boolean {
  return pattern.startsWith('*') || pattern.startsWith(NO_SLASH);
}

function one(a: string, b: string): boolean {
  return a[0] === b[0] || a.startsWith('?') || b.startsWith('?');
}
