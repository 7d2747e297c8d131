import { describe, expect, it } from 'vitest';
import { countedUnits, countedWays, relativePeriods } from '../filterModel';
import ja from '../texts.ja.json';
import { fiscalPeriod } from './periods';

describe('fiscalPeriod', () => {
  it.each([
    ['2026-03-31', 4, 12, 0, '2025-04', '2026-03'],
    ['2026-04-01', 4, 12, 0, '2026-04', '2027-03'],
    ['2026-04-01', 4, 12, -1, '2025-04', '2026-03'],
    ['2026-03-31', 4, 12, 1, '2026-04', '2027-03'],
    ['2026-12-31', 1, 12, 0, '2026-01', '2026-12'],
    ['2026-01-01', 1, 12, -1, '2025-01', '2025-12'],
    ['2026-11-30', 12, 12, 0, '2025-12', '2026-11'],
    ['2026-12-01', 12, 12, 0, '2026-12', '2027-11'],
    ['2026-09-30', 4, 6, 0, '2026-04', '2026-09'],
    ['2026-10-01', 4, 6, 0, '2026-10', '2027-03'],
    ['2026-04-01', 4, 6, -1, '2025-10', '2026-03'],
    ['2027-02-28', 4, 3, 0, '2027-01', '2027-03'],
    ['2026-12-31', 4, 3, 1, '2027-01', '2027-03'],
    ['2026-01-15', 12, 3, 0, '2025-12', '2026-02'],
  ])(
    'on %s, beginning in month %i, of %i months, %i after: %s to %s',
    (today, month, months, after, from, to) => {
      expect(fiscalPeriod(today, month, months, after)).toEqual({ from, to });
    },
  );
});

describe('periods', () => {
  it('all have a name', () => {
    const counted = countedWays.flatMap((way) => countedUnits.map((unit) => `${way}_${unit}`));
    const missing = [...relativePeriods, ...counted].filter((period) => !(period in ja.period));
    expect(missing).toEqual([]);
  });
});
