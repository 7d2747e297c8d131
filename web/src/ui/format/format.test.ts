import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, formatDate, formatDateTime, formatDue, formatRelative } from './date';
import { formatRange, joinList } from './list';
import { formatBytes, formatNumber, formatYen, formatYenShort } from './number';
import { parseDate } from './parseDate';

describe('lists', () => {
  it('have the commas of the language', () => {
    expect(joinList(['A', 'B'])).toBe('A、B');
    expect(joinList(['A', 'B'], 'en')).toBe('A, B');
  });

  it('and so have ranges', () => {
    expect(formatRange('1', '3')).toBe('1〜3');
    expect(formatRange('1', '3', 'en')).toBe('1–3');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0円'],
    [1234567, '1,234,567円'],
    [-500, '-500円'],
  ])('%d yen is %s', (value, text) => {
    expect(formatYen(value)).toBe(text);
  });

  it('writes yen in front for English', () => {
    expect(formatYen(-1234, 'en')).toBe('-¥1,234');
  });

  it.each([
    [9_999, '9,999円'],
    [12_500_000, '1,250万円'],
    [15_000, '1.5万円'],
    [320_000_000, '3.2億円'],
    [-250_000, '-25万円'],
    [1_200_000_000_000, '1.2兆円'],
  ])('%d yen in short is %s', (value, text) => {
    expect(formatYenShort(value)).toBe(text);
  });

  it('keeps decimals and sizes readable', () => {
    expect(formatNumber(1234.5)).toBe('1,234.5');
    expect(formatBytes(1536)).toBe('1.5 KB');
    expect(formatBytes(5 * 1024 * 1024)).toBe('5 MB');
  });
});

describe('dates', () => {
  it.each([
    ['full', '2026年4月1日(水)'],
    ['short', '2026/04/01'],
    ['wareki', '令和8年4月1日'],
    ['day', '4月1日(水)'],
  ] as const)('in the style %s', (style, text) => {
    expect(formatDate('2026-04-01', style)).toBe(text);
  });

  it('gives unreadable text back as it is', () => {
    expect(formatDate('そのうち')).toBe('そのうち');
    expect(formatDateTime('そのうち')).toBe('そのうち');
  });

  it('counts over the end of a month and a leap day', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  });

  const now = new Date(2026, 10, 21, 12, 0);
  it.each([
    [new Date(2026, 10, 21, 11, 59, 50), 'たった今'],
    [new Date(2026, 10, 21, 11, 20), '40分前'],
    [new Date(2026, 10, 21, 3, 0), '9時間前'],
    [new Date(2026, 10, 20, 23, 5), 'きのう 23:05'],
    [new Date(2026, 10, 18, 9, 0), '3日前'],
    [new Date(2026, 3, 1, 9, 0), '4月1日(水)'],
    [new Date(2024, 3, 1, 9, 0), '2024/04/01'],
  ])('%s was %s', (at, text) => {
    expect(formatRelative(at.toISOString(), now)).toBe(text);
  });

  it.each([
    ['2026-11-21', 'きょう'],
    ['2026-11-22', 'あした'],
    ['2026-11-24', '3日後'],
    ['2026-11-19', '2日遅れ'],
    ['2026-12-24', '12月24日(木)'],
  ])('%s is due %s', (date, text) => {
    expect(formatDue(date, now)).toBe(text);
  });
});

describe('parseDate', () => {
  const now = new Date(2026, 10, 21, 12, 0);
  it.each([
    ['2026-04-01', '2026-04-01'],
    ['2026/4/1', '2026-04-01'],
    ['２０２６年４月１日', '2026-04-01'],
    ['2026年4月1日(水)', '2026-04-01'],
    ['20260401', '2026-04-01'],
    ['4/1', '2026-04-01'],
    ['令和8年4月1日', '2026-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R8.4.1', '2026-04-01'],
    ['h31/4/30', '2019-04-30'],
    // 2026-11-21 is a Saturday; weeks begin on Monday.
    ['3日後', '2026-11-24'],
    ['２週間後', '2026-12-05'],
    ['3ヶ月後', '2027-02-21'],
    ['来週', '2026-11-28'],
    ['来週火曜', '2026-11-24'],
    ['来週の火曜日', '2026-11-24'],
    ['再来週日曜', '2026-12-06'],
    ['今週金曜', '2026-11-20'],
    ['土曜', '2026-11-28'],
    ['月曜日', '2026-11-23'],
    ['来月', '2026-12-21'],
    ['月末', '2026-11-30'],
    ['来月末', '2026-12-31'],
    ['S63-1-7', '1988-01-07'],
    ['あした', '2026-11-22'],
    ['今日', '2026-11-21'],
  ])('reads %s', (typed, date) => {
    expect(parseDate(typed, now)).toBe(date);
  });

  it.each(['', '2026-02-30', '13/1', 'そのうち', '令和8年', '火', '今週', '今月', 'の', '日後'])(
    'refuses "%s"',
    (typed) => {
      expect(parseDate(typed, now)).toBeUndefined();
    },
  );
});
