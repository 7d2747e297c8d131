import type { FieldMeta, Layout, ObjectMeta } from '@/api';

/** What is being set for one role and kind: every field that is in use, in order. */
export interface Draft {
  order: string[];
  hidden: ReadonlySet<string>;
  required: ReadonlySet<string>;
}

/** The fields that a layout is about: the product's own and those put away are none of it. */
export const usable = (fields: readonly FieldMeta[]): FieldMeta[] =>
  fields.filter((field) => !field.hidden && !field.system);

/** What is stored, over the fields as they are; what is no field any more is dropped. A field that everybody must
 *  fill in since it was hidden is shown again, as the server shows it. */
export function draftOf(fields: readonly FieldMeta[], layout: Layout | undefined): Draft {
  const keys = usable(fields).map((field) => field.key);
  const known = (list: string[] | undefined) => (list ?? []).filter((key) => keys.includes(key));
  const always = new Set(fields.filter((field) => field.required).map((field) => field.key));
  const first = known(layout?.order);
  return {
    order: [...first, ...keys.filter((key) => !first.includes(key))],
    hidden: new Set(known(layout?.hidden).filter((key) => !always.has(key))),
    required: new Set(known(layout?.required)),
  };
}

/** What is to be stored; null when it is as the fields say. */
export function layoutOf(fields: readonly FieldMeta[], draft: Draft): Layout | null {
  const keys = usable(fields).map((field) => field.key);
  const moved = draft.order.some((key, at) => key !== keys[at]);
  if (!moved && draft.hidden.size === 0 && draft.required.size === 0) return null;
  return { order: moved ? draft.order : [], hidden: [...draft.hidden], required: [...draft.required] };
}

export interface Part {
  key: string;
  label: ObjectMeta['label'] | undefined;
  fields: FieldMeta[];
}
/** The fields by the sections of the form, in the order of the draft. */
export function partsOf(object: ObjectMeta, fields: readonly FieldMeta[], draft: Draft): Part[] {
  const byKey = new Map(usable(fields).map((field) => [field.key, field]));
  const ordered = draft.order.flatMap((key) => byKey.get(key) ?? []);
  const known = new Set(object.sections.map((section) => section.key));
  return [
    ...object.sections.map(({ key, label }) => ({
      key,
      label,
      fields: ordered.filter((field) => field.section === key),
    })),
    { key: '', label: undefined, fields: ordered.filter((field) => !known.has(field.section ?? '')) },
  ].filter((part) => part.fields.length > 0);
}

/** With the field one place up (-1) or down (1) among those of its section; the same where there is no place. */
export function moved(part: Part, draft: Draft, key: string, by: -1 | 1): Draft {
  const keys = part.fields.map((field) => field.key);
  const other = keys[keys.indexOf(key) + by];
  if (other === undefined || !keys.includes(key)) return draft;
  const swapped = draft.order.map((each) => (each === key ? other : each === other ? key : each));
  return { ...draft, order: swapped };
}

/** A field that is not shown cannot be asked for. */
export function toggled(draft: Draft, what: 'hidden' | 'required', key: string): Draft {
  const next = { ...draft, hidden: new Set(draft.hidden), required: new Set(draft.required) };
  if (!next[what].delete(key)) {
    next[what].add(key);
    next[what === 'hidden' ? 'required' : 'hidden'].delete(key);
  }
  return next;
}
