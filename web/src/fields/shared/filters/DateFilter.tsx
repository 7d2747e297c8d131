import type { TFunction } from 'i18next';
import { NativeSelect, parseDate, useTexts } from '@/ui';
import { relativePeriods } from '../../filterModel';
import type { FilterProps } from '../../kind';
import { editDate } from '../dates';
import { RangeFilter } from './RangeFilter';

export function DateFilter(props: FilterProps) {
  const { t } = useTexts();
  if (props.operator === 'relative') {
    const value = typeof props.value === 'string' ? props.value : '';
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
          ...periods.map((each) => ({ value: each, label: periodText(each, t) })),
        ]}
      />
    );
  }
  return <RangeFilter {...props} parse={(typed) => parseDate(typed) ?? null} edit={editDate} />;
}

/** "last_days:30" -> 過去30日. */
export function periodText(period: string, t: TFunction): string {
  const [name = '', days] = period.split(':');
  return t(`fields.period.${name}`, { days: days ?? '' });
}
