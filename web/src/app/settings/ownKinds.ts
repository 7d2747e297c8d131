import type { FieldKind, FieldMeta } from '@/api';

/** The kinds a company may give its own fields, the everyday ones first. */
export const ownKinds: (FieldKind | 'formula' | 'rollup')[] = [
  'text',
  'long_text',
  'choice',
  'choices',
  'date',
  'yes_no',
  'integer',
  'money',
  'decimal',
  'percent',
  'date_time',
  'month',
  'link',
  'user',
  'phone',
  'email',
  'url',
  'tags',
  'file',
  'formula',
  'rollup',
];

/** What the administration calls its kind: how it comes about, when it is worked out. */
export function shownKind(field: FieldMeta): FieldKind | 'formula' | 'rollup' {
  return field.formula ? 'formula' : field.rollup ? 'rollup' : field.kind;
}

export const kindsWithOptions: FieldKind[] = ['choice', 'choices'];
export const kindsWithTarget: FieldKind[] = ['link', 'links'];
