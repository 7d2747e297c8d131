import type { ObjectMeta, RecordData } from '@/api';
import { kindOf } from '@/fields';

/** The first address of the record on one line, for a map or a letter. */
export function addressOf(object: ObjectMeta, record: RecordData): string {
  const postal = object.fields.find((field) => field.kind === 'postal_code');
  if (!postal?.whole) return '';
  return object.fields
    .filter((field) => field.whole === postal.whole && field !== postal && !field.masked)
    .map((field) => kindOf(field.kind).text(record[field.key], field, 'ja'))
    .join('');
}
