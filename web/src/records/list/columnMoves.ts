// What can be done with the columns of a list, as changes of what the list keeps. The title stands first and is none of `keys`.
import type { ListState } from '../listState';

/** `key` before another column, or behind the last. */
export function movedBefore(keys: readonly string[], key: string, before: string | undefined): string[] {
  const rest = keys.filter((each) => each !== key);
  const at = before === undefined ? -1 : rest.indexOf(before);
  return at < 0 ? [...rest, key] : [...rest.slice(0, at), key, ...rest.slice(at)];
}

/** One place to the left (-1) or right (1). */
export function movedBy(keys: readonly string[], key: string, by: -1 | 1): string[] {
  const at = keys.indexOf(key);
  const to = at + by;
  if (at < 0 || to < 0 || to >= keys.length) return [...keys];
  const rest = keys.filter((each) => each !== key);
  return [...rest.slice(0, to), key, ...rest.slice(to)];
}

/** The list without the column; those behind it stay frozen or free as they were. */
export function withoutColumn(
  { freeze, widths }: Pick<ListState, 'freeze' | 'widths'>,
  keys: readonly string[],
  key: string,
): Pick<ListState, 'columns' | 'freeze' | 'widths'> {
  const { [key]: _, ...others } = widths ?? {};
  const frozen = keys.indexOf(key) + 1 < (freeze ?? 1);
  return {
    columns: keys.filter((each) => each !== key),
    freeze: frozen && freeze !== undefined ? freeze - 1 : freeze,
    widths: Object.keys(others).length > 0 ? others : undefined,
  };
}
