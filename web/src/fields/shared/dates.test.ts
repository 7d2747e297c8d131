import { describe, expect, it } from 'vitest';
import { parseDate } from '@/ui/format';
import { editDate, editDateTime, eraText, parseDateTime } from './dates';

const now = new Date(2026, 10, 21, 15, 0);

describe('parseDateTime', () => {
  it.each([
    ['4/1 10:30', new Date(2026, 3, 1, 10, 30)],
    ['R8/4/1 14時', new Date(2026, 3, 1, 14, 0)],
    ['令和8年4月1日 9時半', new Date(2026, 3, 1, 9, 30)],
    ['令和８年４月１日　９時５分', new Date(2026, 3, 1, 9, 5)],
    ['2026-04-01T10:30', new Date(2026, 3, 1, 10, 30)],
    ['9:05', new Date(2026, 10, 21, 9, 5)],
    ['明日', new Date(2026, 10, 22)],
  ])('%s', (typed, at) => {
    expect(parseDateTime(typed, now)).toBe(at.toISOString());
  });

  it.each(['', '25:00', '4/1 10:75', 'いつか', '2/30 9:00'])('refuses %s', (typed) => {
    expect(parseDateTime(typed, now)).toBeNull();
  });
});

describe('texts of dates', () => {
  it('edits in a form that is read again', () => {
    expect(editDate('2026-04-01')).toBe('2026/4/1');
    expect(parseDate(editDate('2026-12-31'))).toBe('2026-12-31');
    const at = new Date(2026, 3, 1, 9, 5).toISOString();
    expect(editDateTime(at)).toBe('2026/4/1 09:05');
    expect(parseDateTime(editDateTime(at))).toBe(at);
    expect(editDate('そのうち')).toBe('そのうち');
  });

  it('shows the era', () => {
    expect(eraText('2026-04-01')).toBe('令和8年4月1日');
    expect(eraText('2019-05-01')).toBe('令和元年5月1日');
    expect(eraText('1800-01-01')).toBe('');
  });
});
