import { useTranslation } from 'react-i18next';
import { NativeSelect, useLanguage } from '@/ui';
import { relativePeriods } from '../../filterModel';
import type { FilterProps } from '../../kind';
import { formatDate, parseDate } from '../dates';
import { RangeFilter } from './RangeFilter';

export function DateFilter(props: FilterProps) {
  const { t } = useTranslation('fields');
  const language = useLanguage();
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
          { value: '', label: t('choose') },
          ...periods.map((each) => ({ value: each, label: periodText(each, t) })),
        ]}
      />
    );
  }
  return (
    <RangeFilter
      {...props}
      parse={(typed) => parseDate(typed)}
      edit={(value) => formatDate(value, language)}
    />
  );
}

/** "last_days:30" -> 過去30日. */
export function periodText(
  period: string,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  const [name = '', days] = period.split(':');
  return t(`period.${name}`, { days: days ?? '' });
}
