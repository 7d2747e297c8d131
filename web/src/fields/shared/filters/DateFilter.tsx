import { NativeSelect, parseDate, today, useTexts } from '@/ui';
import { relativePeriods } from '../../filterModel';
import type { FilterProps } from '../../kind';
import { editDate } from '../dates';
import { periodText, useFiscalMonth } from '../periods';
import { RangeFilter } from './RangeFilter';

export function DateFilter(props: FilterProps) {
  const { t, language } = useTexts();
  const fiscalMonth = useFiscalMonth();
  if (props.operator === 'relative') {
    const value = typeof props.value === 'string' ? props.value : '';
    const context = { fiscalMonth, today: today(), language };
    const periods: string[] = [...relativePeriods];
    if (value !== '' && !periods.includes(value)) periods.push(value);
    return (
      <NativeSelect
        id={props.id}
        aria-label={props.label}
        value={value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        data={[
          { value: '', label: t('fields.choose') },
          ...periods.map((each) => ({ value: each, label: periodText(each, t, context) })),
        ]}
      />
    );
  }
  return <RangeFilter {...props} parse={(typed) => parseDate(typed) ?? null} edit={editDate} />;
}
