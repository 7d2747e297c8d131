// Rows at the end of a sheet that are no records yet: the empty one to type into, and those that were typed or pasted and
// are on their way. Pure; the hook beside keeps them.
import type { FieldMeta, Filter, ObjectMeta, RecordData, RecordWindow, Values } from '@/api';
import { namedBy } from '@/fields';
import { isEditable } from '../fieldGroups';

const kMark = 'new:';

export function isNew(id: string): boolean {
  return id.startsWith(kMark);
}

/** A row without a record. `values` are those that it begins with. */
export function newRow(object: ObjectMeta, number: number, values: Values): RecordData {
  return { id: `${kMark}${number}`, object: object.key, version: -1, title: '', updated_at: '', ...values };
}

/** Whether a cell of a new row can be typed into: the name too where it is made of parts. */
export function isEditableNew(object: ObjectMeta, field: FieldMeta): boolean {
  return isEditable(field) || (field.key === object.title && namedBy(object) !== undefined);
}

/** What is sent for a new record: a name that is no field of its own goes into its parts. */
export function valuesToCreate(object: ObjectMeta, defaults: Values, values: Values): Values {
  const { [object.title]: name, ...rest } = values;
  const title = object.fields.find((field) => field.key === object.title);
  if (name === undefined || (title && isEditable(title))) return { ...defaults, ...values };
  const parts = typeof name === 'string' && name !== '' ? (namedBy(object)?.(name) ?? {}) : {};
  return { ...defaults, ...parts, ...rest };
}

/** What a record must be to stand in a list with that filter, as far as that is one value: the row begins with it. */
export function defaultsOf(object: ObjectMeta, filter: Filter | undefined): Values {
  const values: Values = {};
  const read = (condition: unknown): void => {
    if (typeof condition !== 'object' || condition === null) return;
    for (const [key, test] of Object.entries(condition as Record<string, unknown>)) {
      if (key === 'and' && Array.isArray(test)) test.forEach(read);
      const field = object.fields.find((each) => each.key === key);
      if (!field || !isEditable(field) || typeof test !== 'object' || test === null) continue;
      const { eq, in: among, has } = test as { eq?: unknown; in?: unknown; has?: unknown };
      const one = eq ?? (Array.isArray(among) && among.length === 1 ? (among as unknown[])[0] : undefined);
      // Links are ids here, and a name is what a row shows.
      if (plain.has(field.kind) && isPlain(one)) values[key] = one;
      if (field.kind === 'tags' && typeof has === 'string') values[key] = [has];
    }
  };
  read(filter);
  return values;
}
const plain = new Set<string>(['choice', 'prefecture', 'yes_no', 'integer', 'month', 'date']);
function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The rows of a list and behind them, from row `count` on, others. */
export function withRowsBehind(
  rows: RecordWindow,
  count: number,
  behind: readonly RecordData[],
): RecordWindow {
  const upTo = (first: number, last: number) =>
    behind.slice(Math.max(0, first - count), Math.max(0, last - count + 1));
  return {
    ...rows,
    row: (index) => (index < count ? rows.row(index) : behind[index - count]),
    peek: (first, last) => {
      const more = upTo(first, last);
      const listed = first < count ? rows.peek(first, Math.min(last, count - 1)) : [];
      const all = listed && [...listed, ...more];
      return all?.length === last - first + 1 ? all : undefined;
    },
    load: async (first, last) => [
      ...(first < count ? await rows.load(first, Math.min(last, count - 1)) : []),
      ...upTo(first, last),
    ],
    places: () => {
      const places = new Map(rows.places());
      behind.forEach((record, at) => {
        places.set(record.id, count + at);
      });
      return places;
    },
  };
}
