import type { FieldValue, Language } from '@/api';
import { formatDate, useTexts } from '@/ui';
import { parseDate } from '@/ui/format';
import type { CellProps, InputProps, KindUi } from '../kind';
import { DateButton } from '../shared/DateButton';
import { editDate, eraText } from '../shared/dates';
import classes from '../shared/fields.module.css';
import { DateFilter } from '../shared/filters/DateFilter';
import { MaskedValue } from '../shared/MaskedValue';
import { TypedInput } from '../shared/TypedInput';

function text(value: FieldValue, language: Language): string {
  return typeof value === 'string' ? formatDate(value, 'full', language) : '';
}

/** With the year of the era beside it, which those who read English do not count in. */
function withEra(value: string, language: Language): string {
  const shown = text(value, language);
  return language === 'ja' ? `${shown} ${eraText(value)}` : shown;
}

function DateCell({ field, value, place }: CellProps) {
  const { language } = useTexts();
  if (field.masked) return <MaskedValue />;
  if (typeof value !== 'string') return null;
  if (place === 'row') {
    return (
      <span className={classes.line} title={withEra(value, language)}>
        {formatDate(value, 'short', language)}
      </span>
    );
  }
  return (
    <span>
      {text(value, language)}
      {language === 'ja' && <span className={classes.era}>{eraText(value)}</span>}
    </span>
  );
}

function DateKindInput(props: InputProps) {
  const { language } = useTexts();
  const iso = typeof props.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(props.value) ? props.value : '';
  return (
    <TypedInput
      {...props}
      edit={editDate}
      parse={(typed) => parseDate(typed) ?? typed}
      preview={(value) =>
        typeof value === 'string' && parseDate(value) === value ? withEra(value, language) : ''
      }
      placeholder={props.hideLabel ? undefined : '2026/4/1, R8.4.1'}
      rightSection={
        <DateButton type="date" value={iso} onChange={(value) => props.onChange(value || null)} />
      }
    />
  );
}

export const date: KindUi = {
  width: 110,
  align: 'left',
  text: (value, _field, language) => text(value, language),
  edit: editDate,
  suggest: (typed, _field, language) => {
    const value = typed.trim() === '' ? undefined : parseDate(typed);
    return value ? [{ key: 'read', label: `→ ${withEra(value, language)}`, value }] : [];
  },
  series: 'date',
  parse: (typed) => parseDate(typed) ?? typed,
  Cell: DateCell,
  Input: DateKindInput,
  Filter: DateFilter,
};
