import type { FieldMeta, Filter, ObjectMeta, RecordData, Values } from '@/api';

// Which fields of the metadata say "what is to be done when". A company may hide or rename fields, so none is taken for granted.

const dueKeys = ['due_on', 'due_date', 'due_at', 'due', 'deadline', 'date'];
const doneKeys = ['done', 'completed', 'is_done'];
const doneOptions = ['done', 'completed', 'closed'];

export interface TaskFields {
  due: FieldMeta;
  open: Filter;
  finish: Values;
  isDone: (task: RecordData) => boolean;
}

function isDay(field: FieldMeta): boolean {
  return field.kind === 'date' || field.kind === 'date_time';
}

function find(
  object: ObjectMeta,
  keys: string[],
  fits: (field: FieldMeta) => boolean,
): FieldMeta | undefined {
  for (const key of keys) {
    const field = object.fields.find((candidate) => candidate.key === key);
    if (field && !field.masked && fits(field)) return field;
  }
  return undefined;
}

export function taskFields(object: ObjectMeta): TaskFields | undefined {
  const due = find(object, dueKeys, isDay);
  if (!due) return undefined;
  const flag = find(object, doneKeys, (field) => field.kind === 'yes_no');
  if (flag) {
    return {
      due,
      open: { not: { [flag.key]: { eq: true } } },
      finish: { [flag.key]: true },
      isDone: (task) => task[flag.key] === true,
    };
  }
  const status = find(object, ['status', 'state'], (field) => field.kind === 'choice');
  const last = status?.options?.find((option) => doneOptions.includes(option.key));
  if (!status || !last) return undefined;
  return {
    due,
    open: { not: { [status.key]: { eq: last.key } } },
    finish: { [status.key]: last.key },
    isDone: (task) => task[status.key] === last.key,
  };
}

/** The value of a day field for a day: an instant field gets nine in the morning, here. */
export function dayValue(field: FieldMeta, day: string): string {
  return field.kind === 'date' ? day : new Date(`${day}T09:00:00`).toISOString();
}

/** "Up to the end of this day" for a day field. */
export function untilDay(field: FieldMeta, day: string): Filter {
  return {
    [field.key]: { lte: field.kind === 'date' ? day : new Date(`${day}T23:59:59.999`).toISOString() },
  };
}

/** The day a record's field says, in the reader's zone. */
export function dayOf(record: RecordData, field: FieldMeta): string | undefined {
  const value = record[field.key];
  if (typeof value !== 'string') return undefined;
  if (field.kind === 'date') return value.slice(0, 10);
  const at = new Date(value);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
