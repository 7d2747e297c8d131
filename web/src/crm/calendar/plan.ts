// Whose and what the calendar 予定 shows: pure functions of the metadata and the address.
import type { FieldMeta, Filter, ObjectMeta } from '@/api';
import { calendarField, calendarFields, type Source, type Tone } from '@/records/calendar/calendarModel';
import { isDay, isSpan, type Span } from '@/records/calendar/period';

/** me, a colleague, or a team. */
export type Who = { kind: 'me' } | { kind: 'user' | 'team'; id: string };

export interface PlanState {
  who: Who;
  span?: Span;
  day?: string;
  /** Keys of objects that are left out. */
  hide: string[];
  /** What is open beside: object key and id. */
  open?: { object: string; id: string };
}

export function readPlan(search: Record<string, unknown>): PlanState {
  const words = (value: unknown) => (typeof value === 'string' ? value : '');
  const [kind, id] = words(search.who).split(':');
  const [object, record] = words(search.open).split(':');
  return {
    who: id && (kind === 'user' || kind === 'team') ? { kind, id } : { kind: 'me' },
    ...(isSpan(search.span) ? { span: search.span } : {}),
    ...(isDay(search.day) ? { day: search.day } : {}),
    hide: words(search.hide).split(',').filter(Boolean),
    ...(object && record ? { open: { object, id: record } } : {}),
  };
}

export function writePlan(state: PlanState): Record<string, string> {
  return {
    ...(state.who.kind === 'me' ? {} : { who: whoKey(state.who) }),
    ...(state.span ? { span: state.span } : {}),
    ...(state.day ? { day: state.day } : {}),
    ...(state.hide.length > 0 ? { hide: state.hide.join(',') } : {}),
    ...(state.open ? { open: `${state.open.object}:${state.open.id}` } : {}),
  };
}

/** me, user:<id>, team:<id> */
export function whoKey(who: Who): string {
  return who.kind === 'me' ? 'me' : `${who.kind}:${who.id}`;
}

function whoFilter(object: ObjectMeta, who: Who): Filter {
  if (who.kind === 'team') return { team_id: { eq: who.id } };
  const id = who.kind === 'me' ? 'me' : who.id;
  const owned: Filter = { owner_id: { eq: id } };
  // Who was there has it in the calendar as well.
  const people = object.fields.find((field) => field.kind === 'users' && !field.masked && !field.hidden);
  return people ? { or: [owned, { [people.key]: { has: id } }] } : owned;
}

function isNext(field: FieldMeta): boolean {
  return field.key === 'next_action_at';
}

/** Tasks, activities, and what is planned next with customers, as far as the reader may see them. */
export function planSources(objects: readonly ObjectMeta[], who: Who): Source[] {
  const source = (object: ObjectMeta | undefined, field: FieldMeta | undefined, tone: Tone): Source[] =>
    object?.permissions.read && field ? [{ object, field, tone, filter: whoFilter(object, who) }] : [];
  const of = (key: string) => objects.find((object) => object.key === key);
  const natural = (object: ObjectMeta | undefined) => object && calendarField(object, undefined);
  return [
    ...source(of('task'), natural(of('task')), 'blue'),
    ...source(of('activity'), natural(of('activity')), 'green'),
    ...objects
      .filter((object) => object.customer)
      .flatMap((object) => source(object, calendarFields(object).find(isNext), 'violet')),
  ];
}
