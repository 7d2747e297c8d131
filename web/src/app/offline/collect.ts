import {
  api,
  type Brief,
  type FieldMeta,
  type Filter,
  fetchRecord,
  fetchRecords,
  isApiError,
  type ObjectMeta,
  type RecordData,
  type TimelineEntry,
  type TimelinePage,
} from '@/api';
import type { Kept, KeptCustomer, KeptEntry, KeptReason } from '@/api/kept';
import { emptyDraft, entryKinds, entryValues, linkTo } from '@/crm/entryKinds';
import { isEmpty, isReference, kindOf, stringsOf } from '@/fields';
import { addressOf } from '@/records/address';
import { withoutRepeats } from '@/records/fieldGroups';
import type { Pin } from '@/records/pins';
import { withoutTitle } from '@/records/timelineGroups';
import { addDays, today } from '@/ui';
import { customersOf } from '../home/customers';
import { dayOf, taskFields, untilDay } from '../home/workFields';
import { phonesOf } from '../phones';

// Asks the server for the customers of today and tomorrow, through the same routes and with the same rights as the pages do.

const mostCustomers = 30;
const mostOfAKind = 25;
const mostEntries = 8;
const atOnce = 3;
const longestText = 400;
// What helps before a visit, from the record itself. Sensitive fields never leave the server for this.
const factKeys = [
  'dislikes',
  'do_not_contact',
  'caution',
  'company',
  'department',
  'job_title',
  'stage',
  'rank',
  'industry',
  'business',
  'preferences',
  'preference_note',
  'usual_order',
  'next_action',
  'next_action_at',
  'last_contact_at',
  'last_order_on',
  'note',
];

interface Wanted {
  object: ObjectMeta;
  id: string;
  reasons: KeptReason[];
  pinned: boolean;
}

const seen = (object: ObjectMeta | undefined, key: string): FieldMeta | undefined =>
  object?.fields.find((field) => field.key === key && !field.masked && !field.hidden);
const cut = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

/** A task that says the same as the next step of its customer is one line, which can be ticked off. */
function addReason(reasons: KeptReason[], reason: KeptReason): void {
  const same = reasons.findIndex((each) => each.at === reason.at && each.text === reason.text && !each.task);
  if (same >= 0) reasons.splice(same, 1, reason);
  else reasons.push(reason);
}

/** Whom the user meets, calls or has promised something, today and tomorrow; what is pinned comes last. */
class Plan {
  private readonly wanted = new Map<string, Wanted>();
  constructor(private readonly objects: readonly ObjectMeta[]) {}

  add(object: ObjectMeta, id: string, reason?: KeptReason): void {
    const key = `${object.key}:${id}`;
    const known = this.wanted.get(key);
    if (known) {
      if (reason) addReason(known.reasons, reason);
      else known.pinned = true;
    } else if (this.wanted.size < mostCustomers)
      this.wanted.set(key, { object, id, reasons: reason ? [reason] : [], pinned: !reason });
  }
  /** All customers of an activity or a task. */
  addOf(object: ObjectMeta, record: RecordData, reason: KeptReason): void {
    for (const customer of customersOf(object, record, this.objects))
      this.add(customer.object, customer.ref.id, reason);
  }
  get customers(): Wanted[] {
    return [...this.wanted.values()];
  }
}

async function planned(objects: readonly ObjectMeta[], signal: AbortSignal): Promise<Plan> {
  const plan = new Plan(objects);
  const of = (key: string) => objects.find((object) => object.key === key && object.permissions.read);
  const from = today();
  const until = addDays(from, 1);
  const mine: Filter = { owner_id: { eq: 'me' } };
  const find = async (object: ObjectMeta, filter: Filter, sort: string, fields: string[]) =>
    (
      await fetchRecords(
        object,
        { filter, sort, fields: [object.title, ...fields, ...(object.customer_links ?? [])] },
        { limit: mostOfAKind },
        signal,
      )
    ).items;

  const activity = of('activity');
  if (activity && seen(activity, 'happened_at')) {
    const there = activity.fields.find((field) => field.kind === 'users' && !field.masked && !field.hidden);
    const whom: Filter = there ? { or: [mine, { [there.key]: { has: 'me' } }] } : mine;
    const days: Filter[] = [
      { happened_at: { gte: new Date(`${from}T00:00:00`).toISOString() } },
      { happened_at: { lt: new Date(`${addDays(until, 1)}T00:00:00`).toISOString() } },
    ];
    for (const each of await find(activity, { and: [whom, ...days] }, 'happened_at', ['happened_at']))
      plan.addOf(activity, each, { at: String(each.happened_at), text: each.title });
  }
  for (const customer of objects.filter((object) => object.customer && object.permissions.read)) {
    if (!seen(customer, 'next_action_at')) continue;
    const next: Filter = {
      and: [mine, { next_action_at: { gte: from } }, { next_action_at: { lte: until } }],
    };
    const text = seen(customer, 'next_action') ? ['next_action'] : [];
    for (const each of await find(customer, next, 'next_action_at', ['next_action_at', ...text]))
      plan.add(customer, each.id, { at: String(each.next_action_at), text: String(each.next_action ?? '') });
  }
  const task = of('task');
  const model = task && taskFields(task);
  if (task && model) {
    const open: Filter = { and: [mine, model.open, untilDay(model.due, until)] };
    // The latest days first: what is long overdue is not what today's way is for.
    for (const each of await find(task, open, `-${model.due.key}`, [model.due.key]))
      plan.addOf(task, each, {
        at: dayOf(each, model.due) ?? from,
        text: each.title,
        ...(task.permissions.update
          ? { task: { plural: task.plural, id: each.id, version: each.version, finish: model.finish } }
          : {}),
      });
  }
  return plan;
}

/** What can be written about a customer without a line, ready to be sent but for the words. */
function entriesOf(objects: readonly ObjectMeta[], customer: ObjectMeta, record: RecordData): KeptEntry[] {
  return entryKinds.flatMap((kind) => {
    if (kind.key !== 'call' && kind.key !== 'visit' && kind.key !== 'note') return [];
    const target = objects.find((object) => object.key === kind.object && object.permissions.create);
    if (!target || !linkTo(target, customer)) return [];
    const may = (key: string | undefined) =>
      target.fields.find((field) => field.key === key && field.writable !== false)?.key;
    const text = may(kind.text);
    if (!text) return [];
    return [
      {
        kind: kind.key,
        plural: target.plural,
        values: entryValues(kind, target, customer, record, emptyDraft, { fallback: '' }),
        text,
        at: may(kind.at),
        nextText: may(kind.nextText),
        nextDate: may(kind.nextDate),
      },
    ];
  });
}

function factsOf(object: ObjectMeta, record: RecordData): KeptCustomer['facts'] {
  return factKeys.flatMap((key) => {
    const field = seen(object, key);
    if (!field || field.sensitive || isEmpty(record[key]) || record[key] === false) return [];
    const text = isReference(record[key])
      ? record[key].title
      : kindOf(field.kind).text(record[key], field, 'ja');
    return text ? [{ label: field.label, text: cut(text) }] : [];
  });
}

function timelineOf(objects: readonly ObjectMeta[], entries: TimelineEntry[]): KeptCustomer['timeline'] {
  return entries.map((entry) => {
    const object = objects.find((each) => each.key === entry.object);
    const option = object?.fields
      .find((field) => field.key === 'kind')
      ?.options?.find((each) => each.key === entry.kind);
    return {
      at: entry.at,
      kind: option?.label ?? object?.label ?? { ja: '', en: '' },
      title: entry.title,
      text: cut(withoutTitle(entry)),
    };
  });
}

function usualOf(brief: Brief | undefined): KeptCustomer['facts'] {
  const items = brief?.usual?.items ?? [];
  if (items.length === 0) return [];
  const text = items.map((item) => item.title).join('、');
  return [{ label: { ja: 'いつもの', en: 'The usual' }, text: cut(text) }];
}

async function oneCustomer(
  objects: readonly ObjectMeta[],
  { object, id, reasons, pinned }: Wanted,
  signal: AbortSignal,
): Promise<KeptCustomer | undefined> {
  try {
    const record = await fetchRecord(object, id, signal);
    if (record.deleted_at) return undefined;
    const path = `/${object.plural}/${record.id}`;
    const timeline = await api.get<TimelinePage>(`${path}/timeline`, {
      query: { limit: mostEntries },
      signal,
    });
    const brief = await api.get<Brief>(`${path}/brief`, { signal });
    const title = object.fields.find((field) => field.key === object.title);
    const kana = object.fields.filter(
      (field) => field.kind === 'kana' && title?.whole && field.whole === title.whole,
    );
    const mail = object.fields.filter(
      (field) => (field.kind === 'email' || field.kind === 'emails') && !field.masked && !field.hidden,
    );
    return {
      object: object.key,
      plural: object.plural,
      id: record.id,
      label: object.label,
      icon: object.icon ?? '',
      title: record.title,
      kana: withoutRepeats(kana.map((field) => stringsOf(record[field.key])[0] ?? '')).join(' '),
      phones: phonesOf(object, record).map(({ number, field }) => ({ label: field.label, number })),
      mails: mail.flatMap((field) => stringsOf(record[field.key])),
      address: addressOf(object, record),
      facts: [...factsOf(object, record), ...usualOf(brief)],
      timeline: timelineOf(objects, timeline.items),
      reasons,
      pinned,
      entries: entriesOf(objects, object, record),
    };
  } catch (error) {
    // Not his to see any more, or gone: nothing of it is kept.
    if (isApiError(error) && (error.status === 404 || error.status === 403)) return undefined;
    throw error;
  }
}

/** Everything that this device may hold for the day. Throws when the line or the session is lost on the way. */
export async function collect(
  user: string,
  objects: readonly ObjectMeta[],
  pins: readonly Pin[],
  signal: AbortSignal,
): Promise<Kept> {
  const at = new Date().toISOString();
  const plan = await planned(objects, signal);
  for (const pin of pins) {
    const object = objects.find((each) => each.key === pin.object && each.customer && each.permissions.read);
    if (object) plan.add(object, pin.id);
  }
  const wanted = plan.customers;
  const customers: KeptCustomer[] = [];
  for (let first = 0; first < wanted.length; first += atOnce) {
    const some = wanted.slice(first, first + atOnce);
    for (const found of await Promise.all(some.map((each) => oneCustomer(objects, each, signal))))
      if (found) customers.push(found);
  }
  return { user, at, customers };
}
