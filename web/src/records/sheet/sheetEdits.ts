// What was typed into a sheet and is not (yet) as the server has it, cell by cell. Pure: the hook beside it sends.
import type { Conflict, FieldMeta, FieldValue, RecordData, RowAnswer, RowOperation, Values } from '@/api';
import { sameValue, toWrite } from '@/fields';
import type { CellMark } from '@/grid/sheetTypes';
import { isNew } from './newRows';

/** A cell that is to change. */
export interface CellChange {
  record: RecordData; // as it was on the screen
  field: FieldMeta;
  text: string;
  /** undefined while a name stands for a record that is still to be found. */
  value: FieldValue;
}

export interface CellEdit {
  field: FieldMeta;
  text: string;
  value: FieldValue;
  state: CellMark['state'];
  message?: string;
  conflict?: Conflict;
  /** Version of the record that `conflict` was told of. */
  base?: number;
}
type RecordEdits = Readonly<Record<string, CellEdit>>;
/** By record, then by field. Parts that did not change stay the same objects, so that rows need not be drawn again. */
export type Edits = ReadonlyMap<string, RecordEdits>;
export const noEdits: Edits = new Map();

export interface CellName {
  id: string;
  field: string;
}

export function withEdits(edits: Edits, cells: readonly (CellName & { edit: CellEdit })[]): Edits {
  const next = new Map(edits);
  for (const { id, field, edit } of cells) next.set(id, { ...next.get(id), [field]: edit });
  return next;
}

export function withoutCells(edits: Edits, cells: readonly CellName[]): Edits {
  const next = new Map(edits);
  for (const { id, field } of cells) {
    const { [field]: _gone, ...rest } = next.get(id) ?? {};
    if (Object.keys(rest).length > 0) next.set(id, rest);
    else next.delete(id);
  }
  return next;
}

/** The cells that need a person, in no order. */
export function openCells(edits: Edits): (CellName & { edit: CellEdit })[] {
  return [...edits].flatMap(([id, cells]) =>
    Object.entries(cells)
      .filter(([, edit]) => edit.state === 'wrong' || edit.state === 'conflict')
      .map(([field, edit]) => ({ id, field, edit })),
  );
}

const overlaid = new WeakMap<RecordData, { cells: RecordEdits; merged: RecordData }>();

/** The record as it will be once what was typed is saved. */
export function overlay(record: RecordData, edits: Edits): RecordData {
  const cells = edits.get(record.id);
  if (!cells) return record;
  const known = overlaid.get(record);
  if (known?.cells === cells) return known.merged;
  const values = Object.values(cells).filter((edit) => edit.value !== undefined);
  const merged = { ...record, ...Object.fromEntries(values.map((edit) => [edit.field.key, edit.value])) };
  overlaid.set(record, { cells, merged });
  return merged;
}

const marked = new WeakMap<RecordEdits, Record<string, CellMark>>();

export function marksOf(edits: Edits, id: string): Readonly<Record<string, CellMark>> | undefined {
  const cells = edits.get(id);
  if (!cells) return undefined;
  const known = marked.get(cells);
  if (known) return known;
  const marks: Record<string, CellMark> = {};
  for (const [field, edit] of Object.entries(cells)) {
    // A value is drawn as values are; a text that is none stands as it was typed.
    const asTyped = edit.state === 'wrong' || edit.value === undefined;
    marks[field] = asTyped ? { state: edit.state, text: edit.text } : { state: edit.state };
  }
  marked.set(cells, marks);
  return marks;
}

/** What changes by these cells, without those that say what stands there already. A cell that did not go in is tried again. */
export function realChanges(changes: readonly CellChange[], edits: Edits): CellChange[] {
  return changes.filter(({ record, field, value }) => {
    const open = edits.get(record.id)?.[field.key];
    if (value === undefined || (open && open.state !== 'saving')) return true;
    return !sameValue(overlay(record, edits)[field.key], value);
  });
}

/** One operation a record. */
export interface RowWork {
  id: string;
  version: number;
  cells: Map<string, CellChange>; // by field
}

export function workOf(changes: readonly CellChange[]): RowWork[] {
  const rows = new Map<string, RowWork>();
  for (const change of changes) {
    const { id, version } = change.record;
    const row = rows.get(id) ?? { id, version, cells: new Map<string, CellChange>() };
    // The oldest base asks about most.
    row.version = Math.min(row.version, version);
    row.cells.set(change.field.key, change);
    rows.set(id, row);
  }
  return [...rows.values()];
}

/** `made` gives the values of a row that is no record yet, from those of its cells. */
export function operationOf(
  { id, version, cells }: RowWork,
  made: (id: string, values: Values) => Values,
): RowOperation {
  const values: Values = {};
  for (const [field, { value }] of cells) values[field] = toWrite(value);
  return isNew(id) ? { op: 'create', values: made(id, values) } : { op: 'update', id, version, values };
}

/** New rows with something typed that is not sent, but none that is on its way. `ready`: nor one that lacks something. */
export function draftsOf(
  edits: Edits,
  { except, ready }: { except?: string; ready?: boolean } = {},
): CellName[] {
  return [...edits].flatMap(([id, cells]) => {
    const states = Object.values(cells).map((edit) => edit.state);
    const waits = states.includes('draft') && !states.includes('saving');
    const lacks = ready && states.includes('wrong');
    return isNew(id) && id !== except && waits && !lacks
      ? Object.keys(cells).map((field) => ({ id, field }))
      : [];
  });
}

/** The cells of a new row as those of the record that it became. */
export function renamed(edits: Edits, from: string, to: string): Edits {
  const cells = edits.get(from);
  if (!cells) return edits;
  const next = new Map(edits);
  next.delete(from);
  next.set(to, { ...next.get(to), ...cells });
  return next;
}

export interface Judged {
  saved: boolean;
  wrong: { field: string; message: string }[];
  conflicts: Conflict[];
  /** What a new row lacks, beside its cells: it waits until that is typed. */
  lacks: { field: string; message: string }[];
  /** The cells of the row that nothing is wrong with: they are sent once more without the others. */
  again: RowWork | undefined;
}

/**
 * What an answer says of each cell of its row. A row is written whole or not at all, so the good cells of a refused one are
 * to be sent again. `mine` tells which values this sheet itself wrote before: those are no conflict.
 */
export function judge(
  row: RowWork,
  answer: RowAnswer | undefined,
  mine: (field: string, value: FieldValue) => boolean,
): Judged {
  if (answer?.ok) return { saved: true, wrong: [], conflicts: [], lacks: [], again: undefined };
  const error = answer?.error;
  const all = (message: string): Judged => ({
    saved: false,
    wrong: [...row.cells.keys()].map((field) => ({ field, message })),
    conflicts: [],
    lacks: [],
    again: undefined,
  });
  if (!error) return all('');
  if (error.conflict) {
    const { current, conflicts } = error.conflict;
    const real = conflicts.filter(({ field, theirs }) => !mine(field, theirs));
    return {
      saved: false,
      wrong: [],
      conflicts: real,
      lacks: [],
      again: without(row, new Set(real.map(({ field }) => field)), current.version),
    };
  }
  const lacks = isNew(row.id)
    ? error.problems.flatMap(({ field, message }) =>
        field !== undefined && !row.cells.has(field) ? [{ field, message }] : [],
      )
    : [];
  if (lacks.length > 0) return { saved: false, wrong: [], conflicts: [], lacks, again: undefined };
  const wrong = error.problems.flatMap(({ field, message }) =>
    field !== undefined && row.cells.has(field) ? [{ field, message }] : [],
  );
  if (wrong.length === 0) return all(error.problems[0]?.message ?? error.title);
  return {
    saved: false,
    wrong: wrong.filter(({ field }, at) => wrong.findIndex((each) => each.field === field) === at),
    conflicts: [],
    lacks: [],
    again: without(row, new Set(wrong.map(({ field }) => field)), row.version),
  };
}

function without(row: RowWork, fields: ReadonlySet<string>, version: number): RowWork | undefined {
  const cells = new Map([...row.cells].filter(([field]) => !fields.has(field)));
  return cells.size > 0 ? { id: row.id, version, cells } : undefined;
}
