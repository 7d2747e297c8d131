import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import { stringsOf } from '@/fields';

/** The numbers on which a customer can be called, each once, with the field that says what it is; no fax. */
export function phonesOf(object: ObjectMeta, record: RecordData): { number: string; field: FieldMeta }[] {
  const found = new Map<string, FieldMeta>();
  for (const field of object.fields) {
    if ((field.kind !== 'phone' && field.kind !== 'phones') || field.masked || /fax/.test(field.key))
      continue;
    for (const number of stringsOf(record[field.key])) if (!found.has(number)) found.set(number, field);
  }
  return [...found].map(([number, field]) => ({ number, field }));
}
