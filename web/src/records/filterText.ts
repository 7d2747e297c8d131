import type { TFunction } from 'i18next';
import type { FieldMeta, Language, ObjectMeta } from '@/api';
import {
  type Condition,
  type FilterItem,
  type FilterModel,
  isComplete,
  isCounted,
  isGroup,
  isRaw,
  isRelated,
  kindOf,
  needsValue,
  optionLabel,
  periodText,
  type RelatedCondition,
} from '@/fields';
import { formatDate, formatNumber, formatRange, joinList, today } from '@/ui/format';
import { targetOf, thingOf } from './list/filterThings';

/** What is needed to say a condition. */
export interface FilterWords {
  t: TFunction;
  language: Language;
  objects: readonly ObjectMeta[];
  /** The titles of linked records, and of users (target null). */
  nameOf: (target: string | null, id: string) => string;
  fiscalMonth: number;
}

const ordered = ['eq', 'ne', 'gte', 'lte', 'gt', 'lt'];

/** The words of an operator; dates have their own (以降, not 以上). */
export function operatorText(field: FieldMeta | undefined, operator: string, t: TFunction): string {
  const dated = field?.comparison === 'date' && ordered.includes(operator);
  return t(dated ? `fields.dateOperator.${operator}` : `fields.operator.${operator}`);
}

/** A condition as a sentence: 受注が 3 件以上ある（受注日が 過去 90 日）. */
export function conditionText(item: FilterItem, object: ObjectMeta | undefined, words: FilterWords): string {
  const { t } = words;
  if (isRaw(item)) return t('records.filter.special');
  if (isGroup(item)) return filterSentence(item.group, object, words);
  if (isRelated(item)) return object ? relatedText(item, object, words) : t('records.filter.special');
  return fieldText(item, object, words);
}

/** A whole filter as a sentence; nothing for none. */
export function filterSentence(
  model: FilterModel,
  object: ObjectMeta | undefined,
  words: FilterWords,
): string {
  const parts = model.conditions.filter(isComplete).map((each) => conditionText(each, object, words));
  return parts.join(
    words.t(model.match === 'any' ? 'records.filter.orBetween' : 'records.filter.andBetween'),
  );
}

function relatedText(item: RelatedCondition, object: ObjectMeta, words: FilterWords): string {
  const { t } = words;
  const thing = thingOf(item, object, words.objects);
  if (!thing) return t('records.filter.special');
  const values = {
    label: thing.label[words.language] || thing.label.ja,
    count: isCounted(item.how) ? formatNumber(item.count ?? 0) : '',
    inner: filterSentence(item.of, thing.object, words),
  };
  const key = thing.several ? item.how : item.how === 'none' ? 'leadsNot' : 'leads';
  return values.inner === ''
    ? t(`records.filter.related.${item.how}`, values)
    : t(`records.filter.relatedWith.${key}`, values);
}

function fieldText(condition: Condition, object: ObjectMeta | undefined, words: FilterWords): string {
  const { t, language } = words;
  const { operator } = condition;
  const field = object?.fields.find((each) => each.key === condition.field);
  const label = field ? field.label[language] || field.label.ja : condition.field;
  if (!needsValue(operator)) return t(`records.filter.says.${operator}`, { label, value: '' });
  const value = valueText(condition, field, words);
  if (operator === 'relative' && String(condition.value).startsWith('not_for_'))
    return t('records.filter.says.notFor', { label, value });
  const several = operator === 'in' && Array.isArray(condition.value) && condition.value.length > 1;
  const dated = field?.comparison === 'date' && ordered.includes(operator);
  const key = several ? 'inSeveral' : operator;
  return t(dated ? `records.filter.saysDate.${key}` : `records.filter.says.${key}`, { label, value });
}

function valueText({ operator, value }: Condition, field: FieldMeta | undefined, words: FilterWords): string {
  const { t, language, fiscalMonth } = words;
  if (operator === 'relative') return periodText(String(value), t, { fiscalMonth, today: today(), language });
  const one = (each: unknown): string => {
    if (each === null || each === undefined || each === '') return '…';
    if (typeof each === 'boolean') return each ? t('fields.yes') : t('fields.no');
    if (field && ['link', 'links', 'user', 'users'].includes(field.kind))
      return words.nameOf(targetOf(field), String(each));
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
