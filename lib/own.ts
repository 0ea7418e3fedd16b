/** The value of a key that came from a user: `toString` and `__proto__` are not found unless they are there. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
