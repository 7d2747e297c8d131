import { parseDate } from '@/ui';
import type { FilterProps } from '../../kind';
import { editDate } from '../dates';
import { PeriodFilter } from './PeriodFilter';
import { RangeFilter } from './RangeFilter';

export function DateFilter(props: FilterProps) {
  if (props.operator === 'relative') return <PeriodFilter {...props} />;
  return <RangeFilter {...props} parse={(typed) => parseDate(typed) ?? null} edit={editDate} />;
}
