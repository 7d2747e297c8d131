import { formatPercent } from '@/ui/format';
import { numberKind } from '../shared/numberKind';

export const percent = numberKind({ width: 90, format: (value) => formatPercent(value) });
