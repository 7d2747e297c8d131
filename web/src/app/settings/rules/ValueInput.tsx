import type { FieldMeta, RuleValue } from '@/api';
import { MultiSelect, Select, TagsInput, TextInput, useTexts } from '@/ui';

function choicesOf(field: FieldMeta, label: (text: FieldMeta['label']) => string) {
  return (field.options ?? []).map((option) => ({ value: option.key, label: label(option.label) }));
}

const numbers = new Set<FieldMeta['kind']>(['integer', 'decimal', 'money', 'percent', 'month']);

function typed(field: FieldMeta, text: string): RuleValue | undefined {
  const line = text.normalize('NFKC').trim();
  if (line === '') return undefined;
  if (numbers.has(field.kind) && /^-?[\d,]+(\.\d+)?$/.test(line)) return Number(line.replaceAll(',', ''));
  return numbers.has(field.kind) ? line : text.trim();
}

/** One value that a rule compares with. */
export function ValueInput({
  field,
  value,
  onChange,
  label: name,
}: {
  field: FieldMeta;
  value: RuleValue | null | undefined;
  onChange: (value: RuleValue | undefined) => void;
  label: string;
}) {
  const { t, label } = useTexts();
  if (field.comparison === 'yes_no')
    return (
      <Select
        label={name}
        value={value === undefined || value === null ? null : String(value)}
        data={[
          { value: 'true', label: t('app.rules.yes') },
          { value: 'false', label: t('app.rules.no') },
        ]}
        onChange={(next) => onChange(next === null ? undefined : next === 'true')}
      />
    );
  if (field.options?.length)
    return (
      <Select
        label={name}
        searchable
        value={value === undefined || value === null ? null : String(value)}
        data={choicesOf(field, label)}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  if (field.comparison === 'date') return <DayInput value={value} onChange={onChange} label={name} />;
  return (
    <TextInput
      label={name}
      key={field.key}
      defaultValue={value === undefined || value === null ? '' : String(value)}
      inputMode={numbers.has(field.kind) ? 'numeric' : undefined}
      onChange={(event) => onChange(typed(field, event.currentTarget.value))}
    />
  );
}

function DayInput({
  value,
  onChange,
  label: name,
}: {
  value: RuleValue | null | undefined;
  onChange: (value: RuleValue | undefined) => void;
  label: string;
}) {
  const { t } = useTexts();
  const text = typeof value === 'string' ? value : '';
  const relative = text.startsWith('today');
  const days = relative ? Number(text.slice(5) || 0) : 0;
  const mode = !text ? 'none' : !relative ? 'day' : days === 0 ? 'today' : days > 0 ? 'after' : 'before';
  const choose = (next: string | null) => {
    if (next === 'today') onChange('today');
    else if (next === 'after') onChange(`today+${Math.abs(days) || 30}`);
    else if (next === 'before') onChange(`today-${Math.abs(days) || 30}`);
    else if (next === 'day') onChange(new Date().toLocaleDateString('sv-SE'));
    else onChange(undefined);
  };
  return (
    <>
      <Select
        label={name}
        allowDeselect={false}
        value={mode}
        onChange={choose}
        data={['none', 'today', 'after', 'before', 'day'].map((each) => ({
          value: each,
          label: t(`app.rules.day.${each}`),
        }))}
      />
      {mode === 'day' && (
        <TextInput
          type="date"
          aria-label={t('app.rules.day.day')}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      )}
      {(mode === 'after' || mode === 'before') && (
        <TextInput
          aria-label={t('app.rules.days')}
          inputMode="numeric"
          rightSection={t('app.rules.days')}
          value={String(Math.abs(days))}
          onChange={(event) => {
            const typedDays = Number(event.currentTarget.value.normalize('NFKC').replace(/\D/g, ''));
            if (typedDays > 0) onChange(`today${mode === 'after' ? '+' : '-'}${Math.min(typedDays, 36500)}`);
          }}
        />
      )}
    </>
  );
}

/** Several values, any of which will do. */
export function ValuesInput({
  field,
  values,
  onChange,
  label: name,
}: {
  field: FieldMeta;
  values: RuleValue[];
  onChange: (values: RuleValue[]) => void;
  label: string;
}) {
  const { label } = useTexts();
  if (field.comparison === 'yes_no')
    return (
      <ValueInput
        field={field}
        label={name}
        value={values[0]}
        onChange={(value) => onChange(value === undefined ? [] : [value])}
      />
    );
  if (field.options?.length)
    return (
      <MultiSelect
        label={name}
        searchable
        value={values.map(String)}
        data={choicesOf(field, label)}
        onChange={onChange}
      />
    );
  return <TagsInput label={name} value={values.map(String)} onChange={onChange} />;
}
