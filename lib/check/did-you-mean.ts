import { compare } from '../issue';

/** The candidate that was most likely meant, if one is near enough. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const [best] = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limitOf(word))
    .map((candidate) => ({ candidate, ...likeness(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limitOf(word))
    .sort((a, b) => a.distance - b.distance || b.shared - a.shared || compare(a.candidate, b.candidate));
  return best?.candidate;
}

/** Edits that still count as a slip: of three letters, two different ones are another word. */
function limitOf(word: string): number {
  if (word.length <= 1) return 0;
  return word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
}

function likeness(a: string, b: string): { distance: number; shared: number } {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return { distance: editDistance(a, b), shared };
}

/** Damerau-Levenshtein distance, optimal string alignment: insert, delete, replace, swap neighbours. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
