import { describe, expect, it } from 'vitest';
import { addDays, formatDate, formatDateTime, formatEra, parseDate, parseDateTime } from './dates';

const today = '2026-11-21';

describe('parseDate', () => {
  it.each([
    ['2026-04-01', '2026-04-01'],
    ['2026/4/1', '2026-04-01'],
    ['2026.4.1', '2026-04-01'],
    ['２０２６年４月１日', '2026-04-01'],
    ['20260401', '2026-04-01'],
    ['令和8年4月1日', '2026-04-01'],
    ['R8/4/1', '2026-04-01'],
    ['r8.4.1', '2026-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['H30/12/31', '2018-12-31'],
    ['昭和45年3月15日', '1970-03-15'],
    ['4/1', '2026-04-01'],
    ['4月1日', '2026-04-01'],
    ['2026/4/1 (水)', '2026-04-01'],
    ['今日', '2026-11-21'],
    ['明日', '2026-11-22'],
    ['+7', '2026-11-28'],
  ])('%s', (typed, iso) => {
    expect(parseDate(typed, today)).toBe(iso);
  });

  it.each(['', '2026/2/30', '13/1', '令和0年1月1日', 'あした以降', '2026'])('refuses %s', (typed) => {
    expect(parseDate(typed, today)).toBeNull();
  });
});

describe('parseDateTime', () => {
  it.each([
    ['4/1 10:30', new Date(2026, 3, 1, 10, 30)],
    ['R8/4/1 14時', new Date(2026, 3, 1, 14, 0)],
    ['令和8年4月1日 9時半', new Date(2026, 3, 1, 9, 30)],
    ['2026-04-01T10:30', new Date(2026, 3, 1, 10, 30)],
    ['9:05', new Date(2026, 10, 21, 9, 5)],
    ['明日', new Date(2026, 10, 22)],
  ])('%s', (typed, at) => {
    expect(parseDateTime(typed, today)).toBe(at.toISOString());
  });

  it.each(['', '25:00', '4/1 10:75', 'いつか'])('refuses %s', (typed) => {
    expect(parseDateTime(typed, today)).toBeNull();
  });
});

describe('formats', () => {
  it('shows the day of the week', () => {
    expect(formatDate('2026-04-01', 'ja')).toBe('2026/4/1 (水)');
    expect(formatDate('2026-04-01', 'en')).toBe('1 Apr 2026');
    expect(formatDate(undefined, 'ja')).toBe('');
  });

  it('shows what parseDate reads again', () => {
    expect(parseDate(formatDate('2026-12-31', 'ja'))).toBe('2026-12-31');
  });

  it('shows the era', () => {
    expect(formatEra('2026-04-01')).toBe('令和8年4月1日');
    expect(formatEra('2019-05-01')).toBe('令和元年5月1日');
    expect(formatEra('1800-01-01')).toBe('');
  });

  it('shows local time', () => {
    expect(formatDateTime(new Date(2026, 3, 1, 9, 5).toISOString(), 'ja')).toBe('2026/4/1 (水) 9:05');
  });

  it('adds days over the end of a month', () => {
    expect(addDays('2026-01-31', 1)).toBe('2026-02-01');
  });
});
