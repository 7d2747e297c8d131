// What stands in a calendar: pure functions of metadata and records.
import type { FieldMeta, FieldValue, Filter, ObjectMeta, RecordData } from '@/api';
import { addDays, dateOf } from '@/ui/format';
import { isEditable } from '../fieldGroups';
import type { Period } from './period';

/** Records of one list by one of their dates. */
export interface Source {
  object: ObjectMeta;
  field: FieldMeta;
  /** Conditions of the list. */
  filter?: Filter;
  q?: string;
  /** Colour of its entries, beside their icon. */
  tone?: Tone;
}

export type Tone = 'blue' | 'green' | 'violet';

/** One record on one day. */
export interface Entry {
  /** Of all sources. */
  id: string;
  source: Source;
  record: RecordData;
  title: string;
  /** Whom it is about. */
  about?: string;
  day: string;
  /** Minutes since midnight in the reader's zone; absent: the whole day. */
  minute?: number;
  /** How long it takes. */
  minutes: number;
  icon: string | undefined;
  state?: 'done' | 'cancelled' | 'late';
  movable: boolean;
}

/** Where an entry is put. */
export interface Place {
  day: string;
  minute?: number;
}

export interface Going extends Place {
  entry: Entry;
}

export const kUsualMinutes = 30;

export function isTimed(field: FieldMeta): boolean {
  return field.kind === 'date_time';
}

/** The dates that a list can be laid out by. */
export function calendarFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (field) =>
      (field.kind === 'date' || isTimed(field)) &&
      !field.masked &&
      !field.hidden &&
      !field.system &&
      field.comparison === 'date' &&
      field.sortable !== false,
  );
}

// What people mean by the date of a record, most natural first: when it is due, when it happens, when it should be won,
// when it ends, what comes next. No key is taken for granted: a company may hide or rename its fields.
const kNatural = [
  'due_on',
  'happened_at',
  'expected_close_on',
  'expires_on',
  'delivery_on',
  'next_action_at',
  'received_at',
  'received_on',
  'approach_on',
];

/** The field asked for, else the most natural one. */
export function calendarField(object: ObjectMeta, asked: string | undefined): FieldMeta | undefined {
  const fields = calendarFields(object);
  const natural = kNatural.map((key) => fields.find((field) => field.key === key)).find(Boolean);
  return fields.find((field) => field.key === asked) ?? natural ?? fields.find(isEditable) ?? fields[0];
}

const midnight = (day: string) => new Date(`${day}T00:00:00`);

/** The records of the period among those of the list. Instants are asked by the reader's days. */
export function periodFilter({ field, filter }: Source, { from, to }: Period): Filter {
  const own: Filter = isTimed(field)
    ? { [field.key]: { gte: midnight(from).toISOString(), lt: midnight(addDays(to, 1)).toISOString() } }
    : { [field.key]: { gte: from, lte: to } };
  return filter ? { and: [filter, own] } : own;
}

function find(object: ObjectMeta, key: string, kind: FieldMeta['kind']): FieldMeta | undefined {
  return object.fields.find((field) => field.key === key && field.kind === kind && !field.masked);
}

/** What has to be read of the records. */
export function entryFields({ object, field }: Source): string[] {
  const more = ['done', 'status', 'minutes', 'kind', 'next_action', ...(object.customer_links ?? [])];
  const known = more.filter((key) => object.fields.some((each) => each.key === key && !each.hidden));
  return [...new Set([object.title, field.key, ...known])];
}

// The icon says the kind as well: no meaning by colour alone.
const kKindIcons: Record<string, string> = {
  call: 'phone',
  visit: 'map-pin',
  meeting: 'users',
  email: 'mail',
  note: 'note',
  proposal: 'presentation',
  event: 'flag',
  invitation: 'flag',
};

function iconOf({ object, record }: { object: ObjectMeta; record: RecordData }): string | undefined {
  const kind = find(object, 'kind', 'choice') && record.kind;
  return (object.timeline && typeof kind === 'string' && kKindIcons[kind]) || object.icon;
}

function aboutOf(object: ObjectMeta, record: RecordData): string | undefined {
  // Of a customer it is told what comes next.
  if (object.customer && typeof record.next_action === 'string') return record.next_action;
  for (const key of object.customer_links ?? []) {
    const value = record[key];
    if (value && typeof value === 'object' && 'title' in value) return value.title;
  }
  return undefined;
}

function stateOf(source: Source, record: RecordData, day: string, today: string): Entry['state'] {
  const { object, field } = source;
  const flag = find(object, 'done', 'yes_no');
  if (flag && record.done === true) return 'done';
  if (find(object, 'status', 'choice') && record.status === 'cancelled') return 'cancelled';
  // Only what is still to be done by a day can be late.
  return flag && field.key === 'due_on' && day < today ? 'late' : undefined;
}

/** Where the value of a date field stands; undefined when it is none. */
export function placeOf(field: FieldMeta, value: FieldValue): Place | undefined {
  if (typeof value !== 'string') return undefined;
  if (!isTimed(field)) return { day: value.slice(0, 10) };
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return undefined;
  return { day: dateOf(at), minute: at.getHours() * 60 + at.getMinutes() };
}

export function entryOf(source: Source, record: RecordData, today: string): Entry | undefined {
  const { object, field } = source;
  const place = placeOf(field, record[field.key]);
  if (!place) return undefined;
  const minutes = find(object, 'minutes', 'integer') && record.minutes;
  return {
    id: `${object.key}/${field.key}/${record.id}`,
    source,
    record,
    title: record.title,
    about: aboutOf(object, record),
    ...place,
    minutes: typeof minutes === 'number' && minutes > 0 ? Math.min(minutes, 24 * 60) : kUsualMinutes,
    icon: iconOf({ object, record }),
    state: stateOf(source, record, place.day, today),
    movable: object.permissions.update && isEditable(field),
  };
}

/** The value that puts a record there. An instant keeps its time when only the day is said. */
export function valueAt(field: FieldMeta, place: Place, before?: Place): string {
  if (!isTimed(field)) return place.day;
  const minute = place.minute ?? before?.minute ?? 9 * 60;
  const at = midnight(place.day);
  at.setHours(Math.floor(minute / 60), minute % 60);
  return at.toISOString();
}

/** The entries of each day, those of the whole day first; what is on its way stands where it goes. */
export function byDay(entries: readonly Entry[], going: ReadonlyMap<string, Going>): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  const seen = new Set(entries.map((entry) => entry.id));
  const arriving = [...going.values()].filter(({ entry }) => !seen.has(entry.id)).map(({ entry }) => entry);
  for (const each of [...entries, ...arriving]) {
    const move = going.get(each.id);
    const entry = move ? { ...each, day: move.day, minute: move.minute ?? each.minute } : each;
    const list = days.get(entry.day);
    if (list) list.push(entry);
    else days.set(entry.day, [entry]);
  }
  for (const list of days.values()) list.sort(inDay);
  return days;
}

function inDay(a: Entry, b: Entry): number {
  const done = (entry: Entry) => (entry.minute === undefined && entry.state === 'done' ? 1 : 0);
  return (a.minute ?? -1) - (b.minute ?? -1) || done(a) - done(b) || (a.id < b.id ? -1 : 1);
}

export interface Laned {
  entry: Entry;
  lane: number;
  lanes: number;
}

/** Entries of one day that overlap stand beside each other. */
export function lanesOf(entries: readonly Entry[]): Laned[] {
  const out: Laned[] = [];
  let group: Laned[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const each of group) each.lanes = ends.length;
    out.push(...group);
    group = [];
    ends = [];
  };
  for (const entry of entries) {
    const from = entry.minute ?? 0;
    if (ends.every((end) => end <= from)) close();
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    // What is short is still as high as its line of text.
    ends[lane] = from + Math.max(entry.minutes, kUsualMinutes);
    group.push({ entry, lane, lanes: 1 });
  }
  close();
  return out;
}

/** How many of so many entries fit, when the line that tells of the rest needs a place as well. */
export function fitting(count: number, lines: number): number {
  return count <= lines ? count : Math.max(0, lines - 1);
}

/** The minute of a place in a column of 24 hours, to the quarter hour. */
export function minuteAt(offset: number, height: number): number {
  const quarter = Math.round((offset / height) * 24 * 4);
  return Math.min(24 * 4 - 1, Math.max(0, quarter)) * 15;
}

/** 9:05 */
export function timeText(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
