import type { FieldMeta, ObjectMeta, RuleCheck, RuleInput, RuleKind, RuleOp } from '@/api';

export const ruleKinds: RuleKind[] = ['required', 'format', 'range', 'compare', 'unique'];
export const ruleFormats = ['digits', 'half_width', 'katakana', 'hiragana', 'no_spaces', 'upper_case'];
export const ruleOrders = ['lte', 'lt', 'gte', 'gt', 'eq', 'ne'] as const;

const ordered = (field: FieldMeta) => field.comparison === 'number' || field.comparison === 'date';

/** Fields that a rule may name: those that the form has. What is worked out only when read is not there when one
 *  saves. */
export function ruleFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter((field) => !field.system && !field.hidden && !field.masked && !field.at_read);
}

/** Fields that fit a sort of rule. */
export function fieldsFor(object: ObjectMeta, kind: RuleKind): FieldMeta[] {
  return ruleFields(object).filter((field) => {
    const listed = field.kind === 'links' || field.kind === 'users';
    if (kind === 'required') return !field.read_only;
    if (kind === 'unique') return !listed && field.kind !== 'file';
    if (kind === 'range') return ordered(field);
    if (kind === 'compare') return ordered(field) || field.comparison === 'text';
    return field.comparison === 'text' || field.comparison === 'items';
  });
}

/** What can be asked of a field in a condition. */
export function opsFor(field: FieldMeta | undefined): RuleOp[] {
  if (!field) return ['filled', 'empty'];
  if (field.comparison === 'choice') return ['in', 'not_in', 'from', 'filled', 'empty'];
  if (field.comparison === 'yes_no') return ['in', 'filled', 'empty'];
  if (ordered(field)) return ['at_least', 'at_most', 'filled', 'empty'];
  if (field.comparison === 'items' && field.kind !== 'links' && field.kind !== 'users')
    return ['has', 'filled', 'empty'];
  if (field.comparison === 'text') return ['in', 'not_in', 'filled', 'empty'];
  return ['filled', 'empty'];
}

export const wantsMany = (op: RuleOp) => op === 'in' || op === 'not_in';
export const wantsOne = (op: RuleOp) =>
  op === 'from' || op === 'at_least' || op === 'at_most' || op === 'has';

export function newRule(object: string): RuleInput {
  return { object, active: true, mode: 'refuse', when: [], check: { kind: 'required', fields: [] } };
}

/** The check with what another kind cannot use left out; the field stays where it fits. */
export function asKind(object: ObjectMeta, check: RuleCheck, kind: RuleKind): RuleCheck {
  const first = check.fields?.[0] ?? check.field;
  const fits = fieldsFor(object, kind).some((field) => field.key === first) ? first : undefined;
  if (kind === 'required' || kind === 'unique') return { kind, fields: fits ? [fits] : [] };
  if (kind === 'format') return { kind, field: fits, format: ruleFormats[0] };
  if (kind === 'compare') return { kind, field: fits, op: 'lte' };
  return { kind, field: fits };
}

/** Whether the sentence is whole, so that it can be tried and saved. */
export function isWhole(rule: RuleInput): boolean {
  const { check } = rule;
  const given = (value: unknown) => value !== undefined && value !== null && value !== '';
  const conditions = (rule.when ?? []).every(
    (each) =>
      each.field &&
      (!wantsMany(each.op) || (each.values ?? []).length > 0) &&
      (!wantsOne(each.op) || given(each.value)),
  );
  if (!conditions) return false;
  if (check.kind === 'required' || check.kind === 'unique') return (check.fields ?? []).length > 0;
  if (!check.field) return false;
  if (check.kind === 'format') return given(check.format) || given(check.pattern);
  if (check.kind === 'range') return given(check.least) || given(check.greatest);
  return given(check.other);
}
