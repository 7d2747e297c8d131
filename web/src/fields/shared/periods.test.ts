import { describe, expect, it } from 'vitest';
import { relativePeriods } from '../filterModel';
import ja from '../texts.ja.json';
import { fiscalYear } from './periods';

describe('fiscalYear', () => {
  it.each([
    ['2026-03-31', 4, 0, '2025-04', '2026-03'],
    ['2026-04-01', 4, 0, '2026-04', '2027-03'],
    ['2026-04-01', 4, 1, '2025-04', '2026-03'],
    ['2026-12-31', 1, 0, '2026-01', '2026-12'],
    ['2026-01-01', 1, 1, '2025-01', '2025-12'],
    ['2026-11-30', 12, 0, '2025-12', '2026-11'],
    ['2026-12-01', 12, 0, '2026-12', '2027-11'],
  ])('on %s, beginning in month %i, %i before: %s to %s', (today, month, before, from, to) => {
    expect(fiscalYear(today, month, before)).toEqual({ from, to });
  });
});

describe('periods', () => {
  it('all have a name', () => {
    const missing = relativePeriods.filter((period) => !(period.replace(/:.*/, '') in ja.period));
    expect(missing).toEqual([]);
  });
});
