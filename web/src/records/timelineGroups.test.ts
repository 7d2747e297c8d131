import { describe, expect, it } from 'vitest';
import { groupTimeline, withoutTitle } from './timelineGroups';

describe('groupTimeline', () => {
  it('groups the last week by day and older entries by month', () => {
    const entries = [
      '2026-11-25',
      '2026-11-21',
      '2026-11-21',
      '2026-11-15',
      '2026-11-14',
      '2026-10-30',
      '2026-10-01',
    ];
    const groups = groupTimeline(
      entries.map((at) => ({ at })),
      '2026-11-21',
    );
    expect(groups.map(({ key, kind, entries: inner }) => [key, kind, inner.length])).toEqual([
      ['2026-11-25', 'day', 1],
      ['2026-11-21', 'day', 2],
      ['2026-11-15', 'day', 1],
      ['2026-11', 'month', 1],
      ['2026-10', 'month', 2],
    ]);
  });

  it('takes the local day of an instant', () => {
    const at = new Date(2026, 10, 21, 0, 30).toISOString();
    expect(groupTimeline([{ at }], '2026-11-21')[0]?.key).toBe('2026-11-21');
  });

  it('is empty for nothing', () => {
    expect(groupTimeline([], '2026-11-21')).toEqual([]);
  });
});

describe('withoutTitle', () => {
  it.each([
    ['納期の確認', '納期の確認 / 明日届く', '明日届く'],
    ['納期の確認', '納期の確認', ''],
    ['納期', '納期の確認 / 明日届く', '納期の確認 / 明日届く'],
    ['電話', undefined, ''],
  ])('of %s, %s', (title, summary, rest) => {
    expect(withoutTitle({ title, summary })).toBe(rest);
  });
});
