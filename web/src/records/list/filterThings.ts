// What a list can be asked for: the fields of its records, the records that point at them, and those they lead to.
import type { FieldMeta, Label, ObjectMeta } from '@/api';
import {
  type FilterItem,
  isGroup,
  isRelated,
  type Operator,
  operatorsFor,
  type RelatedCondition,
} from '@/fields';

/** Related records that conditions can be about. */
export interface RelatedThing {
  related: string;
  via?: string;
  label: Label;
  object: ObjectMeta;
  /** Records that point here can be counted; a link field leads to one. */
  several: boolean;
}

// A file is only there or not; what is not comparable cannot be a condition.
export function operatorsOf(field: FieldMeta): readonly Operator[] {
  return field.kind === 'file' ? ['filled', 'empty'] : operatorsFor(field.comparison);
}

export function askableFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter((field) => !field.hidden && !field.masked && operatorsOf(field).length > 0);
}

function leadsTo(field: FieldMeta, objects: readonly ObjectMeta[]): ObjectMeta | undefined {
  return field.kind === 'link' ? objects.find((each) => each.key === field.target) : undefined;
}

export function relatedThings(object: ObjectMeta, objects: readonly ObjectMeta[]): RelatedThing[] {
  const pointing = object.links_in.flatMap((link): RelatedThing[] => {
    const other = objects.find((each) => each.key === link.object);
    if (!other?.permissions.read) return [];
    const alone = object.links_in.filter((each) => each.object === link.object).length === 1;
    const via = alone ? {} : { via: link.field };
    return [{ related: other.plural, ...via, label: link.label, object: other, several: true }];
  });
  const leading = askableFields(object).flatMap((field): RelatedThing[] => {
    const other = leadsTo(field, objects);
    if (!other?.permissions.read) return [];
    return [{ related: field.key, label: field.label, object: other, several: false }];
  });
  return [...pointing, ...leading];
}

/** What a condition on related records is about; nothing when the reader may not see it. */
export function thingOf(
  { related, via }: Pick<RelatedCondition, 'related' | 'via'>,
  object: ObjectMeta,
  objects: readonly ObjectMeta[],
): RelatedThing | undefined {
  const things = relatedThings(object, objects).filter((each) => each.related === related);
  if (via !== undefined || things.length <= 1)
    return things.find((each) => via === undefined || each.via === undefined || each.via === via);
  // As the server does: the first that links to one record.
  const single = (each: RelatedThing) =>
    each.object.fields.find((field) => field.key === each.via)?.kind === 'link';
  return things.find((each) => !each.several) ?? things.find(single) ?? things[0];
}

/** Records and users that the conditions name, in all depths. */
export function namedIn(
  items: readonly FilterItem[],
  object: ObjectMeta | undefined,
  objects: readonly ObjectMeta[],
): { target: string | null; id: string }[] {
  return items.flatMap((item) => {
    if (isGroup(item)) return namedIn(item.group.conditions, object, objects);
    if (isRelated(item))
      return namedIn(item.of.conditions, object && thingOf(item, object, objects)?.object, objects);
    if (!('field' in item)) return [];
    const field = object?.fields.find((each) => each.key === item.field);
    if (field?.comparison !== 'link' && field?.kind !== 'links' && field?.kind !== 'users') return [];
    const target = targetOf(field);
    return [item.value].flat().flatMap((id) => (typeof id === 'string' && id !== '' ? [{ target, id }] : []));
  });
}

/** The object that a field's values are records of; null for users. */
export function targetOf(field: FieldMeta): string | null {
  return field.kind === 'user' || field.kind === 'users' ? null : (field.target ?? null);
}
