import type { FilterProps } from '../../kind';
import { formatNumber, parseNumber } from '../numbers';
import { RangeFilter } from './RangeFilter';

export function NumberFilter(props: FilterProps) {
  return <RangeFilter {...props} parse={parseNumber} edit={formatNumber} inputMode="text" />;
}
