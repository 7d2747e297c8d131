// What a board is made of: pure functions of metadata, records and the summary of the list.
import type { FieldMeta, Filter, Label, ObjectMeta, Problem, RecordData, Summary } from '@/api';
import { dateOf, daysBetween } from '@/ui/format';
import { isEditable } from '../fieldGroups';

/** The value of the records of a column; null: none yet. */
export type ColumnKey = string | null;

export interface BoardColumn {
  key: ColumnKey;
  /** Absent for the column of the records without a value. */
  label?: Label;
  color?: string;
  /** Days after which a card here stands still; 0: never. */
  staleAfter: number;
}

export interface Move {
  record: RecordData;
  from: ColumnKey;
  to: ColumnKey;
}

/** What a list can be laid out by: one choice of few. */
export function boardFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (field) =>
      field.comparison === 'choice' &&
      !field.masked &&
      !field.hidden &&
      !field.system &&
      (field.options?.length ?? 0) > 1 &&
      (field.options?.length ?? 0) <= kMostColumns,
  );
}

// More columns than this are a list and no board: industries, prefectures.
const kMostColumns = 12;

/** The field since when a record has its value, where the object keeps one. */
export function sinceField(object: ObjectMeta, by: string): FieldMeta | undefined {
  return object.fields.find((field) => field.key === `${by}_changed_on` && !field.masked && !field.hidden);
}

/** The field asked for; else the one whose changes the object follows, or the first that every record has. */
export function boardField(object: ObjectMeta, asked: string | undefined): FieldMeta | undefined {
  const fields = boardFields(object);
  return (
    fields.find((field) => field.key === asked) ??
    fields.find((field) => sinceField(object, field.key)) ??
    fields.find((field) => field.required) ??
    fields[0]
  );
}

/** Options in their order; hidden and removed ones, and records without a value, only where there are some. */
export function boardColumns(field: FieldMeta, summary: Summary | undefined): BoardColumn[] {
  const used = new Set<ColumnKey>(
    summary?.groups.map(({ value }) => (typeof value === 'string' ? value : null)),
  );
  const options = field.options ?? [];
  const columns: BoardColumn[] = options
    .filter((option) => !option.hidden || used.has(option.key))
    .map((option) => ({
      key: option.key,
      label: option.label,
      color: option.color,
      staleAfter: option.stale_after ?? 0,
    }));
  const known = new Set(options.map((option) => option.key));
  for (const key of used) {
    if (key !== null && !known.has(key)) columns.push({ key, label: { ja: key, en: key }, staleAfter: 0 });
  }
  if (used.has(null)) columns.unshift({ key: null, staleAfter: 0 });
  return columns;
}

export function columnFilter(filter: Filter | undefined, by: string, key: ColumnKey): Filter {
  const own: Filter = { [by]: key === null ? { empty: true } : { eq: key } };
  return filter ? { and: [filter, own] } : own;
}

/** The amount that a column adds up: of those on the cards, else one that the list usually shows. A sum of what nobody
 *  sees would be a riddle. */
export function sumField(object: ObjectMeta, columns: readonly FieldMeta[]): FieldMeta | undefined {
  const isAmount = (field: FieldMeta) =>
    field.kind === 'money' && !field.masked && !field.hidden && !field.at_read;
  return columns.find(isAmount) ?? object.fields.find((field) => field.in_list && isAmount(field));
}

/** The cards of a column while some are on their way. */
export function withMoves(
  records: readonly RecordData[],
  moves: ReadonlyMap<string, Move>,
  key: ColumnKey,
): RecordData[] {
  const staying = records.filter(({ id }) => {
    const move = moves.get(id);
    return !move || move.to === key;
  });
  const here = new Set(staying.map(({ id }) => id));
  const coming = [...moves.values()].filter(({ to, record }) => to === key && !here.has(record.id));
  return [...coming.map(({ record }) => record), ...staying];
}

/** For how many days the record has had its value. */
export function daysStill(record: RecordData, since: FieldMeta | undefined, now = new Date()): number {
  const day = since && record[since.key];
  const from = typeof day === 'string' ? day : dateOf(new Date(record.updated_at));
  return Math.max(0, daysBetween(from, dateOf(now)));
}

export type Still = 'long' | 'very' | undefined;

/** Whether that is long for the column; twice as long is very long. */
export function standsStill(days: number, staleAfter: number): Still {
  if (staleAfter <= 0 || days < staleAfter) return undefined;
  return days < 2 * staleAfter ? 'long' : 'very';
}

/** The column beside one; undefined at the ends. */
export function neighbor(
  columns: readonly BoardColumn[],
  key: ColumnKey,
  step: -1 | 1,
): BoardColumn | undefined {
  const at = columns.findIndex((column) => column.key === key);
  return at < 0 ? undefined : columns[at + step];
}

/** What a refused move lacks, when a person can fill in all of it; else undefined. */
export function neededFields(
  problems: readonly Problem[],
  object: ObjectMeta,
  by: FieldMeta,
): FieldMeta[] | undefined {
  const found = new Set<FieldMeta>();
  for (const problem of problems) {
    const field = object.fields.find(({ key }) => key === problem.field);
    if (!field || field.key === by.key || field.hidden || !isEditable(field)) return undefined;
    found.add(field);
  }
  return found.size > 0 ? [...found] : undefined;
}
