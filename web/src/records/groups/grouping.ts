// By what the rows of a list are put together, and which groups that makes. Pure functions of metadata and summaries.
import type { FieldMeta, FieldValue, Filter, ObjectMeta, Summary, SummaryNumbers } from '@/api';

/** Days stand together by month, or by year of the calendar or the company. */
export const units = ['month', 'year', 'fiscal'] as const;
export type Unit = (typeof units)[number];

export interface Grouping {
  field: string;
  unit?: Unit; // of dates
  folded?: boolean; // groups begin closed
}

/** "stage", "due_on:month", "stage!" for closed groups. */
export function writeGrouping({ field, unit, folded }: Grouping): string {
  return `${field}${unit ? `:${unit}` : ''}${folded ? '!' : ''}`;
}

export function readGrouping(value: unknown): Grouping | undefined {
  const found = typeof value === 'string' ? /^(\w+)(?::(month|year|fiscal))?(!)?$/.exec(value) : null;
  if (!found?.[1]) return undefined;
  const unit = units.find((each) => each === found[2]);
  return { field: found[1], ...(unit ? { unit } : {}), ...(found[3] ? { folded: true } : {}) };
}

const grouped = new Set<string>(['choice', 'yes_no', 'prefecture', 'user', 'link']);

/** What a list can be grouped by: what the server counts by, and dates. What is worked out only when read is neither
 *  counted by nor summed. */
export function groupFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (field) =>
      !field.hidden &&
      !field.masked &&
      !field.at_read &&
      field.key !== object.title &&
      (grouped.has(field.kind) || field.comparison === 'date') &&
      field.kind !== 'month',
  );
}

/** The field, and how its values are put together; nothing where the object has no such field (any more). */
export function groupingOf(
  object: ObjectMeta,
  asked: Grouping | undefined,
): { field: FieldMeta; unit?: Unit } | undefined {
  const field = groupFields(object).find((each) => each.key === asked?.field);
  if (!field) return undefined;
  return field.comparison === 'date' ? { field, unit: asked?.unit ?? 'month' } : { field };
}

const summed = new Set<string>(['integer', 'decimal', 'money']);
const kMostSums = 8; // of the server

/** The columns that have subtotals. */
export function sumFields(object: ObjectMeta, columns: readonly FieldMeta[]): FieldMeta[] {
  const own = new Set(object.fields.map((field) => field.key));
  return columns
    .filter(
      (field) =>
        summed.has(field.kind) && !field.masked && !field.at_read && !field.system && own.has(field.key),
    )
    .slice(0, kMostSums);
}

/** What a group is called: a value of the field, or one of these. */
export type GroupName =
  | { value: FieldValue }
  | { month: string } // "2026-04"
  | { year: number; fiscal: boolean }
  | { other: 'none' | 'rest' | 'earlier' | 'later' };

export interface Group {
  key: string;
  name: GroupName;
  /** What its records have beside the conditions of the list. */
  filter: Filter;
  numbers: SummaryNumbers;
}

function idOf(value: FieldValue): string | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value)
    return String((value as { id: unknown }).id);
  return undefined;
}

function isHiddenValue(value: FieldValue): boolean {
  return typeof value === 'object' && value !== null && 'hidden' in value;
}

/** The groups of a summary: choices in their order, others by their size; those without a value last. */
export function groupsOf(field: FieldMeta, summary: Summary): Group[] {
  const named = summary.groups.filter(({ value }) => value !== null && !isHiddenValue(value));
  const raw = (value: FieldValue) => (idOf(value) ?? value) as string | boolean;
  const place = (value: FieldValue) => (field.options ?? []).findIndex((option) => option.key === value);
  const sorted = field.options?.length
    ? named.toSorted((a, b) => (place(a.value) + 1 || 1e6) - (place(b.value) + 1 || 1e6))
    : named;
  const groups = sorted.map(
    ({ value, count, sums }): Group => ({
      key: String(raw(value)),
      name: { value },
      filter: { [field.key]: { eq: raw(value) } } as Filter,
      numbers: { count, sums },
    }),
  );
  const none = summary.groups.find(({ value }) => value === null);
  const rest = added([
    ...summary.groups.filter(({ value }) => isHiddenValue(value)),
    ...(summary.others ? [summary.others] : []),
  ]);
  if (rest.count > 0)
    groups.push({
      key: '*',
      name: { other: 'rest' },
      filter: restFilter(
        field,
        named.map(({ value }) => raw(value)),
        none !== undefined,
      ),
      numbers: rest,
    });
  if (none)
    groups.push({
      key: '',
      name: { other: 'none' },
      filter: { [field.key]: { empty: true } } as Filter,
      numbers: none,
    });
  return groups;
}

function restFilter(field: FieldMeta, values: unknown[], noneApart: boolean): Filter {
  const outside = { not: { [field.key]: { in: values } } };
  return (
    noneApart
      ? { and: [{ [field.key]: { empty: false } }, outside] }
      : { or: [{ [field.key]: { empty: true } }, outside] }
  ) as Filter;
}

export function added(numbers: readonly SummaryNumbers[]): SummaryNumbers {
  const sums: Record<string, number> = {};
  for (const each of numbers)
    for (const [key, sum] of Object.entries(each.sums)) sums[key] = (sums[key] ?? 0) + sum;
  return { count: numbers.reduce((total, { count }) => total + count, 0), sums };
}

/** A period of dates that is one group, before it is known how many records it has. */
export interface Bucket {
  key: string;
  name: GroupName;
  filter: Filter;
}

// Each is a question to the server; what lies outside of them stands together.
export const kMostBuckets = 60;

const months = { month: 1, year: 12, fiscal: 12 };
const monthAt = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const dayOf = (at: number) =>
  `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`;

/**
 * The periods from the newest date to the oldest, the one of `today` among them where there are too many. Dates are as
 * the field says them (ISO); `firstMonth` begins the company's year.
 */
export function bucketsOf(
  field: string,
  unit: Unit,
  { low, high }: { low: string; high: string },
  { today, firstMonth }: { today: string; firstMonth: number },
): Bucket[] {
  const length = months[unit];
  const first = unit === 'fiscal' ? firstMonth - 1 : 0;
  const index = (date: string) => Math.floor((monthAt(date) - (length === 1 ? 0 : first)) / length);
  const start = (at: number) => dayOf(at * length + (length === 1 ? 0 : first));
  // The present one with some room ahead, and the rest of the room behind.
  const ahead = Math.min(index(high), Math.max(index(today), index(low)) + 12);
  const last = index(high) - index(low) < kMostBuckets ? index(high) : ahead;
  const begin = Math.max(index(low), last - kMostBuckets + 1);
  const list: Bucket[] = [];
  const during = (filter: object): Filter => ({ [field]: filter }) as Filter;
  if (last < index(high))
    list.push({ key: '>', name: { other: 'later' }, filter: during({ gte: start(last + 1) }) });
  for (let at = last; at >= begin; --at) {
    const name: GroupName =
      unit === 'month'
        ? { month: start(at).slice(0, 7) }
        : { year: Number(start(at).slice(0, 4)), fiscal: unit === 'fiscal' };
    list.push({ key: start(at), name, filter: during({ gte: start(at), lt: start(at + 1) }) });
  }
  if (begin > index(low))
    list.push({ key: '<', name: { other: 'earlier' }, filter: during({ lt: start(begin) }) });
  list.push({ key: '', name: { other: 'none' }, filter: during({ empty: true }) });
  return list;
}

/** A list's conditions and those of a group. */
export function groupFilter(filter: Filter | undefined, group: Filter): Filter {
  return filter ? ({ and: [filter, group] } as Filter) : group;
}
