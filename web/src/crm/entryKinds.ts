import type { FieldMeta, ObjectMeta, RecordData, Reference, Values } from '@/api';
import { isEmpty, isReference, sameValue, toWrite } from '@/fields';
import { mentionedIn, tagsIn } from './entryTokens';
import { isLineEmpty, type LineDraft, type LineFields, newLine } from './orderLines';

/** One button of the quick entry: which object it writes and where its parts go. */
export interface EntryKind {
  key: string;
  object: string;
  icon: string;
  /** Set without asking. */
  fixed?: Values;
  /** What was typed goes here. */
  text: string;
  /** A record that needs a name takes the first line of the text. */
  name?: string;
  at?: string;
  nextText?: string;
  nextDate?: string;
  /** Further boxes, shown when the object has them. */
  more?: string[];
  /** Fields for whom the text calls with @, and for its #tags. */
  mentions?: string;
  tags?: string;
  /** What was bought, line by line. */
  lines?: LineFields;
  /** The box for the sum, for want of lines. */
  sum?: string;
}

export const entryKinds: readonly EntryKind[] = [
  ...(['call', 'visit', 'email', 'note'] as const).map(
    (kind): EntryKind => ({
      key: kind,
      object: 'activity',
      icon: { call: 'phone', visit: 'map-pin', email: 'mail', note: 'note' }[kind],
      fixed: { kind },
      text: 'content',
      at: 'happened_at',
      nextText: 'next_action',
      nextDate: 'next_action_at',
      mentions: 'mentions',
      tags: 'tags',
    }),
  ),
  {
    key: 'inquiry',
    object: 'inquiry',
    icon: 'headset',
    fixed: { kind: 'question' },
    text: 'content',
    at: 'received_at',
    nextDate: 'due_on',
  },
  {
    key: 'complaint',
    object: 'inquiry',
    icon: 'message-report',
    fixed: { kind: 'complaint' },
    text: 'content',
    at: 'received_at',
    nextDate: 'due_on',
    more: ['severity', 'complaint_type'],
  },
  {
    key: 'deal',
    object: 'deal',
    icon: 'briefcase',
    text: 'content',
    name: 'name',
    nextText: 'next_plan',
    nextDate: 'next_plan_on',
    more: ['amount', 'expected_close_on'],
  },
  { key: 'task', object: 'task', icon: 'checkbox', text: 'note', name: 'name', nextDate: 'due_on' },
  {
    key: 'order',
    object: 'order',
    icon: 'shopping-cart',
    text: 'note',
    name: 'name',
    at: 'ordered_on',
    more: ['delivery_on'],
    lines: {
      object: 'order_line',
      item: 'product',
      text: 'description',
      quantity: 'quantity',
      price: 'unit_price',
      position: 'position',
    },
    sum: 'total',
  },
];

export interface EntryDraft {
  text: string;
  at: string | null;
  nextText: string;
  nextDate: string | null;
  more: Values;
  lines: LineDraft[];
  /** Who was chosen behind an @; counts while the text calls them. */
  people: Reference[];
}

export const emptyDraft: EntryDraft = {
  text: '',
  at: null,
  nextText: '',
  nextDate: null,
  more: {},
  people: [],
  lines: [newLine(0)],
};

/** The kinds that can be written here: the object exists, may be created and has a place for the text. */
export function possibleKinds(objects: readonly ObjectMeta[], customer: ObjectMeta): EntryKind[] {
  return entryKinds.filter((kind) => {
    const object = objects.find((each) => each.key === kind.object);
    return (
      object?.permissions.create === true &&
      linkTo(object, customer) !== undefined &&
      textField(kind, object) !== undefined
    );
  });
}

export function textField(kind: EntryKind, object: ObjectMeta): FieldMeta | undefined {
  const field = (key: string | undefined) =>
    object.fields.find((each) => each.key === key && each.writable !== false);
  return field(kind.text) ?? field(kind.name);
}

/** The object of the lines, when the caller may write them together with their record. */
export function linesObject(
  kind: EntryKind,
  object: ObjectMeta,
  objects: readonly ObjectMeta[],
): ObjectMeta | undefined {
  const lines = objects.find((each) => each.key === kind.lines?.object);
  const link = lines?.fields.find((field) => field.key === lines.parent_link);
  return lines?.permissions.create && link?.target === object.key && link.writable !== false
    ? lines
    : undefined;
}

/** The field of `object` through which it belongs to a customer of this kind. */
export function linkTo(object: ObjectMeta, customer: ObjectMeta): FieldMeta | undefined {
  return object.fields.find(
    (field) =>
      object.customer_links?.includes(field.key) && field.target === customer.key && field.writable !== false,
  );
}

/** Values of the record that the draft becomes. The other customers it concerns follow from the record at hand: a call
 *  with a person is also one with the person's company. */
export function entryValues(
  kind: EntryKind,
  object: ObjectMeta,
  customer: ObjectMeta,
  record: RecordData,
  draft: EntryDraft,
  names: { fallback: string },
): Values {
  const has = (key: string | undefined): key is string =>
    key !== undefined && object.fields.some((field) => field.key === key && field.writable !== false);
  const values: Values = {};
  for (const [key, value] of Object.entries(kind.fixed ?? {})) if (has(key)) values[key] = value;
  const text = draft.text.trim();
  const [first = ''] = text.split('\n');
  if (has(kind.name)) {
    values[kind.name] = first.slice(0, 100) || names.fallback;
    // One line is the name alone; it is not written twice.
    if (has(kind.text) && text !== first) values[kind.text] = text;
  } else if (has(kind.text) && text !== '') {
    values[kind.text] = text;
  }
  const called = mentionedIn(text, draft.people);
  if (has(kind.mentions) && called.length > 0) values[kind.mentions] = called.map((each) => each.id);
  const tags = tagsIn(text);
  if (has(kind.tags) && tags.length > 0) values[kind.tags] = tags;
  if (has(kind.at) && draft.at) values[kind.at] = draft.at;
  if (has(kind.nextText) && draft.nextText.trim() !== '') values[kind.nextText] = draft.nextText.trim();
  if (has(kind.nextDate) && draft.nextDate) values[kind.nextDate] = draft.nextDate;
  // Lines say the sum themselves.
  const sum = kind.sum && draft.lines.every(isLineEmpty) ? [kind.sum] : [];
  for (const key of [...(kind.more ?? []), ...sum])
    if (has(key) && !isEmpty(draft.more[key])) values[key] = toWrite(draft.more[key]);
  const own = linkTo(object, customer);
  if (own) values[own.key] = record.id;
  for (const key of object.customer_links ?? []) {
    const field = object.fields.find((each) => each.key === key);
    if (!field || !has(key) || key in values) continue;
    const chosen = draft.more[key];
    if (!isEmpty(chosen)) {
      values[key] = toWrite(chosen);
      continue;
    }
    const known = customer.fields.find((each) => each.kind === 'link' && each.target === field.target);
    const linked = known && record[known.key];
    // A company's parent company is not who was called.
    if (field.target !== customer.key && isReference(linked)) values[key] = linked.id;
  }
  return values;
}

export function isDraftEmpty(draft: EntryDraft): boolean {
  return (
    sameValue(draft.text.trim(), '') &&
    draft.nextText.trim() === '' &&
    Object.values(draft.more).every(isEmpty) &&
    draft.lines.every(isLineEmpty)
  );
}

/** What was kept of a draft in the browser; nothing when it is not one, or of a form that is no longer used. */
export function readDraft(kept: unknown): { kind: string; draft: EntryDraft } | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { kind, draft } = kept as { kind?: unknown; draft?: Partial<EntryDraft> };
  if (typeof kind !== 'string' || typeof draft !== 'object' || draft === null) return undefined;
  const fits =
    typeof draft.text === 'string' &&
    typeof draft.nextText === 'string' &&
    typeof draft.more === 'object' &&
    draft.more !== null &&
    Array.isArray(draft.people) &&
    Array.isArray(draft.lines);
  return fits ? { kind, draft: { ...emptyDraft, ...draft } } : undefined;
}
