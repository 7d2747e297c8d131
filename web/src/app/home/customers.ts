import type { ObjectMeta, RecordData, Reference } from '@/api';

/** A customer that a record is about, or the record itself. */
export interface Customer {
  object: ObjectMeta;
  ref: Reference;
}

/** The customers of a record in the order of its object, the company before its person. */
export function customersOf(
  object: ObjectMeta,
  record: RecordData,
  objects: readonly ObjectMeta[],
): Customer[] {
  if (object.customer) return [{ object, ref: { id: record.id, title: record.title } }];
  return (object.customer_links ?? []).flatMap((key) => {
    const target = object.fields.find((field) => field.key === key)?.target;
    const found = objects.find((each) => each.key === target && each.permissions.read);
    const value = record[key];
    return found && isCustomer(value) ? [{ object: found, ref: { id: value.id, title: value.title } }] : [];
  });
}

// The fields' own check would bring all kinds of fields onto the first screen.
function isCustomer(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value;
}
