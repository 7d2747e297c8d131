import type { FieldValue, FileValue, HiddenLink, Reference } from '@/api';

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value;
}

export function isHiddenLink(value: unknown): value is HiddenLink {
  return typeof value === 'object' && value !== null && 'hidden' in value;
}

export function isFileValue(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value;
}

export function referencesOf(value: FieldValue): Reference[] {
  if (Array.isArray(value)) return (value as unknown[]).filter(isReference);
  return isReference(value) ? [value] : [];
}

export function stringsOf(value: FieldValue): string[] {
  if (Array.isArray(value)) return (value as unknown[]).filter((item) => typeof item === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

export function isEmpty(value: FieldValue): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** The form that is sent: linked records and files by their id. Links the caller may not see are left out. */
export function toWrite(value: FieldValue): FieldValue {
  if (Array.isArray(value)) {
    return (value as unknown[]).flatMap((item) => {
      if (isReference(item) || isFileValue(item)) return [item.id];
      return typeof item === 'string' ? [item] : [];
    });
  }
  if (isReference(value) || isFileValue(value)) return value.id;
  return value === undefined ? null : value;
}

/** Whether two values say the same, whatever form their links are in. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return JSON.stringify(toWrite(a)) === JSON.stringify(toWrite(b));
}
