import type { FieldValue, Language, ObjectMeta } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { formatDate } from '@/ui';

/** A value of one of the object's fields in words; what the server has put in words already stays as it is. */
export function valueText(object: ObjectMeta, key: string, value: FieldValue, language: Language): string {
  if (isEmpty(value)) return '';
  const field = object.fields.find((each) => each.key === key);
  const text = field ? kindOf(field.kind).text(value, field, language) : '';
  if (text) return text;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return formatDate(value, 'full', language);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
