import { type Fields, itemsOf } from './query';

/** Whether the filters of a request by tag let these tags through. */
export function hasTags(tags: ReadonlyMap<string, string>, request: Fields): boolean {
  return itemsOf(request.Filter).every(({ Name, Value }) => {
    const values = itemsOf<string>(Value);
    const name = String(Name);
    if (name === 'tag-key') return values.some((key) => tags.has(key));
    return !name.startsWith('tag:') || values.includes(tags.get(name.slice('tag:'.length)) ?? '');
  });
}

/** Whether the filter of a request by state lets this one through. */
export function hasState(state: string, request: Fields): boolean {
  return itemsOf(request.Filter).every(
    ({ Name, Value }) => Name !== 'instance-state-name' || itemsOf<string>(Value).includes(state),
  );
}
