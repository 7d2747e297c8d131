import type { FieldMeta, RecordData } from '@/api';
import { isEmpty } from '@/fields';

/** What Excel says below the sheet of the chosen cells. */
export interface RangeStats {
  cells: number;
  filled: number;
  numbers: number;
  sum: number;
  /** Of yen only when all numbers are. */
  money: boolean;
}

export function rangeStats(records: readonly RecordData[], fields: readonly FieldMeta[]): RangeStats {
  const stats: RangeStats = {
    cells: records.length * fields.length,
    filled: 0,
    numbers: 0,
    sum: 0,
    money: true,
  };
  for (const record of records)
    for (const field of fields) {
      const value = record[field.key];
      if (!isEmpty(value)) stats.filled += 1;
      // A month, a year or a percentage is a number too, but its sum says nothing.
      if (typeof value !== 'number' || !['integer', 'decimal', 'money'].includes(field.kind)) continue;
      stats.numbers += 1;
      stats.sum += value;
      stats.money &&= field.kind === 'money';
    }
  stats.sum = Number(stats.sum.toPrecision(15));
  return stats;
}
