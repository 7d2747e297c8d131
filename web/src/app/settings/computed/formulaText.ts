import type { FieldMeta } from '@/api';

/** Kinds that a formula reads; the others hold several values or a file. */
const unread = new Set([
  'choices',
  'tags',
  'links',
  'users',
  'emails',
  'phones',
  'urls',
  'file',
  'user',
  'link',
]);

export function formulaFields(fields: readonly FieldMeta[], self?: string): FieldMeta[] {
  return fields.filter(
    (field) =>
      (!field.system || field.key === 'created_at') &&
      !field.hidden &&
      !field.masked &&
      field.key !== self &&
      !unread.has(field.kind),
  );
}

/** How a formula names the field: as it is called, in 「」 when other signs are in the name, by its key when others are
 *  called the same. */
export function nameInFormula(
  field: FieldMeta,
  fields: readonly FieldMeta[],
  label: (of: { ja: string; en: string }) => string,
): string {
  const name = label(field.label);
  const shared = fields.some((other) => other.key !== field.key && label(other.label) === name);
  if (shared || name.includes('」')) return `{${field.key}}`;
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `「${name}」`;
}

/** The text with something put where the caret stands, and where the caret stands then. A word does not grow together
 *  with the one before it. */
export function withInserted(text: string, from: number, to: number, added: string): [string, number] {
  const before = text.slice(0, from);
  const gap = /[\p{L}\p{N}_」}]$/u.test(before) ? ' ' : '';
  return [before + gap + added + text.slice(to), from + gap.length + added.length];
}

/** What stands before, in and behind the place of a problem, which the server counts in code points. */
export function aroundProblem(text: string, at: number, length: number): [string, string, string] {
  const points = Array.from(text);
  const part = (from: number, to?: number) => points.slice(from, to).join('');
  return [part(0, at), part(at, at + length), part(at + length)];
}
