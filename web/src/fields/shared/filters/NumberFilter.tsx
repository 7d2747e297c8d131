import { formatNumber } from '@/ui';
import type { FilterProps } from '../../kind';
import { parseNumber } from '../numbers';
import { RangeFilter } from './RangeFilter';

export function NumberFilter(props: FilterProps) {
  return (
    <RangeFilter
      {...props}
      parse={parseNumber}
      edit={(value) => (typeof value === 'number' ? formatNumber(value) : '')}
      inputMode="text"
    />
  );
}
