import { MultiSelect, useTexts } from '@/ui';
import type { FilterProps } from '../../kind';
import { labelIn } from '../labels';

/** For in, not in and has: `has` takes one item at a time, the others a list. */
export function ChoiceFilter({ id, field, operator, value, onChange, label }: FilterProps) {
  const { language } = useTexts();
  const chosen = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string' && value !== ''
      ? [value]
      : [];
  return (
    <MultiSelect
      id={id}
      aria-label={label}
      searchable
      value={chosen}
      onChange={(next) => onChange(operator === 'has' || operator === 'eq' ? (next.at(-1) ?? '') : next)}
      data={(field.options ?? []).map((option) => ({
        value: option.key,
        label: labelIn(option.label, language),
      }))}
    />
  );
}
