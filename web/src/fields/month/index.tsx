import type { FieldMeta, FieldValue, Language } from '@/api';
import { NativeSelect, useTexts } from '@/ui';
import type { FilterProps, InputProps, KindUi } from '../kind';
import { NumberFilter } from '../shared/filters/NumberFilter';
import { frameOf } from '../shared/frameOf';
import { parseNumber } from '../shared/numbers';
import { textCell } from '../shared/TextCell';

export function monthName(month: number, language: Language): string {
  if (language === 'ja') return `${month}月`;
  return new Date(Date.UTC(2026, month - 1, 1)).toLocaleDateString('en-US', {
    month: 'long',
    timeZone: 'UTC',
  });
}

const months = Array.from({ length: 12 }, (_, at) => at + 1);

const text: KindUi['text'] = (value, _field: FieldMeta, language) =>
  typeof value === 'number' ? monthName(value, language) : '';

function MonthSelect({
  value,
  onChange,
  ...rest
}: {
  value: unknown;
  onChange: (value: FieldValue) => void;
  id: string;
  label?: string;
  'aria-label'?: string;
  error?: string;
  withAsterisk?: boolean;
  autoFocus?: boolean;
}) {
  const { language } = useTexts();
  return (
    <NativeSelect
      {...rest}
      value={typeof value === 'number' ? String(value) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
      }
      data={[
        { value: '', label: '—' },
        ...months.map((each) => ({ value: String(each), label: monthName(each, language) })),
      ]}
    />
  );
}

function MonthInput(props: InputProps) {
  return (
    <MonthSelect
      {...frameOf(props)}
      autoFocus={props.autoFocus}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

function MonthFilter(props: FilterProps) {
  if (props.operator === 'between') return <NumberFilter {...props} />;
  return <MonthSelect id={props.id} aria-label={props.label} value={props.value} onChange={props.onChange} />;
}

export const month: KindUi = {
  instant: true,
  width: 80,
  align: 'left',
  text,
  suggest: (typed, _field, language) =>
    months
      .map((each) => ({ key: String(each), label: monthName(each, language), value: each }))
      .filter(({ label }) => label.toLowerCase().startsWith(typed.normalize('NFKC').trim().toLowerCase())),
  parse: (typed) => parseNumber(typed.trim().replace(/月$/, '')) ?? typed,
  Cell: textCell(text),
  Input: MonthInput,
  Filter: MonthFilter,
};
