import type { TFunction } from 'i18next';
import type { FieldMeta, Language } from '@/api';
import {
  type Condition,
  isRaw,
  kindOf,
  needsValue,
  optionLabel,
  periodText,
  type RawCondition,
} from '@/fields';
import { formatDate, formatNumber, formatRange, joinList, today } from '@/ui/format';

/** The words of an operator; dates have their own (以降, not 以上). */
export function operatorText(field: FieldMeta | undefined, operator: string, t: TFunction): string {
  const dated = field?.comparison === 'date' && ['eq', 'ne', 'gte', 'lte', 'gt', 'lt'].includes(operator);
  return t(dated ? `fields.dateOperator.${operator}` : `fields.operator.${operator}`);
}

/** A condition as the chip says it. `nameOf` gives the titles of linked records and users. */
export function conditionText(
  condition: Condition | RawCondition,
  fields: readonly FieldMeta[],
  language: Language,
  t: TFunction,
  nameOf: (id: string) => string = (id) => id,
  fiscalMonth = 4,
): string {
  if (isRaw(condition)) return t('records.filter.special');
  const field = fields.find((each) => each.key === condition.field);
  const label = field ? field.label[language] || field.label.ja : condition.field;
  const operator = operatorText(field, condition.operator, t);
  if (!needsValue(condition.operator)) return t('records.filter.chipBare', { label, operator });
  const value = valueText(condition, field, language, t, nameOf, fiscalMonth);
  return t('records.filter.chip', { label, operator, value });
}

function valueText(
  { operator, value }: Condition,
  field: FieldMeta | undefined,
  language: Language,
  t: TFunction,
  nameOf: (id: string) => string,
  fiscalMonth: number,
): string {
  if (operator === 'relative') return periodText(String(value), t, { fiscalMonth, today: today(), language });
  const one = (each: unknown): string => {
    if (each === null || each === undefined || each === '') return '…';
    if (typeof each === 'boolean') return each ? t('fields.yes') : t('fields.no');
    if (field?.comparison === 'link') return nameOf(String(each));
    if (field?.comparison === 'date') return formatDate(String(each), 'short', language);
    if (field?.options?.length) return optionLabel(field, String(each), language);
    if (typeof each === 'number')
      return field ? kindOf(field.kind).text(each, field, language) : formatNumber(each);
    return String(each);
  };
  if (operator === 'between' && Array.isArray(value))
    return formatRange(one(value[0]), one(value[1]), language);
  return Array.isArray(value) ? joinList(value.map(one), language) : one(value);
}
