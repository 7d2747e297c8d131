import type { FieldKind } from '@/api';

/** The kinds a company may give its own fields, the everyday ones first. */
export const ownKinds: FieldKind[] = [
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
];

export const kindsWithOptions: FieldKind[] = ['choice', 'choices'];
export const kindsWithTarget: FieldKind[] = ['link', 'links'];
