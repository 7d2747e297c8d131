import { formatYen, formatYenShort } from '@/ui/format';
import { numberKind } from '../shared/numberKind';

export const money = numberKind({
  width: 140,
  format: formatYen,
  preview: (value, language) =>
    Math.abs(value) >= 10_000
      ? `${formatYen(value, language)} (${formatYenShort(value, language)})`
      : formatYen(value, language),
});
