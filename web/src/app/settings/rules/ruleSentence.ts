import type { TFunction } from 'i18next';
import type { FieldMeta, Label, ObjectMeta, RuleCheck, RuleCondition, RuleInput, RuleValue } from '@/api';

interface Words {
  t: TFunction;
  label: (text: Label | undefined) => string;
}

const dateRule = /^today([+-]\d+)?$/;

export function fieldOf(object: ObjectMeta, key: string | undefined): FieldMeta | undefined {
  return object.fields.find((field) => field.key === key);
}

function name(object: ObjectMeta, key: string | undefined, { label }: Words): string {
  return label(fieldOf(object, key)?.label) || (key ?? '');
}

/** A value as people read it: the label of a choice, yes or no, a day from today. */
export function valueText(
  field: FieldMeta | undefined,
  value: RuleValue | null | undefined,
  words: Words,
): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return words.t(value ? 'app.rules.yes' : 'app.rules.no');
  const option = field?.options?.find((each) => each.key === value);
  if (option) return words.label(option.label);
  if (field?.comparison === 'date' && typeof value === 'string' && dateRule.test(value)) {
    const days = Number(value.slice(5) || 0);
    if (days === 0) return words.t('app.rules.today');
    return words.t(days > 0 ? 'app.rules.daysAfter' : 'app.rules.daysBefore', { count: Math.abs(days) });
  }
  return typeof value === 'number' ? value.toLocaleString('ja-JP') : value;
}

function conditionText(object: ObjectMeta, condition: RuleCondition, words: Words): string {
  const field = fieldOf(object, condition.field);
  const values = condition.values ?? (condition.value === undefined ? [] : [condition.value]);
  return words.t(`app.rules.when.${condition.op}`, {
    field: name(object, condition.field, words),
    value: values.map((value) => valueText(field, value, words)).join(words.t('app.rules.or')),
  });
}

function checkText(object: ObjectMeta, check: RuleCheck, words: Words): string {
  const { t } = words;
  const fields = (check.fields ?? [])
    .map((key) => `「${name(object, key, words)}」`)
    .join(t('app.rules.and'));
  const field = name(object, check.field, words);
  switch (check.kind) {
    case 'required':
      return t('app.rules.says.required', { fields });
    case 'unique':
      return t('app.rules.says.unique', { fields });
    case 'format':
      return check.pattern
        ? t('app.rules.says.pattern', { field, pattern: check.pattern })
        : t('app.rules.says.format', { field, format: t(`app.rules.format.${check.format ?? ''}`) });
    case 'range': {
      const about = fieldOf(object, check.field);
      const least = valueText(about, check.least, words);
      const greatest = valueText(about, check.greatest, words);
      const which = least && greatest ? 'between' : least ? 'least' : 'greatest';
      return t(`app.rules.says.${which}`, { field, least, greatest });
    }
    case 'compare':
      return t(`app.rules.says.${check.op ?? 'lte'}`, { field, other: name(object, check.other, words) });
  }
}

/** The rule in one plain sentence. */
export function ruleSentence(object: ObjectMeta, rule: RuleInput, words: Words): string {
  const when = (rule.when ?? []).map((condition) => conditionText(object, condition, words));
  const says = checkText(object, rule.check, words);
  return when.length === 0
    ? says
    : words.t('app.rules.whenSays', { when: when.join(words.t('app.rules.andWhen')), says });
}
