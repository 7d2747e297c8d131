import { describe, expect, it } from 'vitest';
import { isNarrowed, periodOf, periodQuery } from './timelinePeriods';

const today = '2026-11-21';

describe('periods of a timeline', () => {
  it.each(['all', 'month', 'quarter', 'year'] as const)('"%s" is known again by its days', (period) => {
    expect(periodOf(periodQuery(period, today), today)).toBe(period);
  });

  it('that were chosen day by day are their own', () => {
    expect(periodQuery('month', today)).toEqual({ from: '2026-10-22', until: undefined });
    expect(periodOf({ from: '2026-10-22', until: '2026-11-01' }, today)).toBe('own');
    expect(periodOf({ until: '2026-11-01' }, today)).toBe('own');
  });

  it('narrow it, as all that is asked for does', () => {
    expect(isNarrowed({ what: [], q: '', by: undefined })).toBe(false);
    for (const query of [{ what: ['order'] }, { by: 'x' }, { until: today }, { q: '見積' }])
      expect(isNarrowed(query)).toBe(true);
  });
});
