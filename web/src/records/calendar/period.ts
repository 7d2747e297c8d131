// Which days a calendar shows: pure functions of dates as "2026-11-23", without a zone.
import type { Language } from '@/api';
import { addDays } from '@/ui/format';

export type Span = 'month' | 'week' | 'day';
/** 0: weeks begin on Sunday, as most calendars of Japan do; 1: on Monday. */
export type WeekStart = 0 | 1;

/** Both ends included. */
export interface Period {
  from: string;
  to: string;
}

const kSpans: readonly string[] = ['month', 'week', 'day'];

export function isSpan(value: unknown): value is Span {
  return typeof value === 'string' && kSpans.includes(value);
}

/** Whether the text is a day that exists. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) && value >= '1000';
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function weekOf(day: string, start: WeekStart): string {
  return addDays(day, -((weekdayOf(day) - start + 7) % 7));
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The same day so many months on, or the last of a shorter month. */
export function addMonths(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const month = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
  const wanted = `${month}-${day.slice(8)}`;
  return isDay(wanted) ? wanted : addDays(firstOfMonth(addDays(`${month}-01`, 31)), -1);
}

/** What is on the screen: a month as whole weeks. */
export function periodOf(span: Span, day: string, start: WeekStart): Period {
  if (span === 'day') return { from: day, to: day };
  if (span === 'week') return { from: weekOf(day, start), to: addDays(weekOf(day, start), 6) };
  const last = addDays(firstOfMonth(addMonths(firstOfMonth(day), 1)), -1);
  return { from: weekOf(firstOfMonth(day), start), to: addDays(weekOf(last, start), 6) };
}

export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The day to show after a step forward or back. */
export function stepped(span: Span, day: string, step: -1 | 1): string {
  if (span === 'month') return addMonths(day, step);
  return addDays(day, step * (span === 'week' ? 7 : 1));
}

const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric' });

/** 令和8年: as of that day. */
export function eraYear(day: string): string {
  return era.format(new Date(`${day}T12:00:00`)).replace(/^(\D+)1年/, '$1元年');
}

/** 2026年11月（令和8年）, 2026年11月22日 – 28日（令和8年）, 2026年11月23日(月)（令和8年）. */
export function headingOf(span: Span, day: string, period: Period, language: Language): string {
  const at = (value: string) => new Date(`${value}T12:00:00`);
  if (language === 'en') {
    const en = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', options);
    if (span === 'month') return en({ month: 'long', year: 'numeric' }).format(at(day));
    const full = en({ month: 'short', day: 'numeric', year: 'numeric' });
    if (span === 'week') return full.formatRange(at(period.from), at(period.to));
    return en({ weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' }).format(at(day));
  }
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  if (span === 'month') return `${year}年${month}月（${eraYear(day)}）`;
  if (span === 'day')
    return `${year}年${month}月${date}日(${'日月火水木金土'[weekdayOf(day)]})（${eraYear(day)}）`;
  const [from, to] = [period.from, period.to].map((end) => end.split('-').map(Number)) as [
    number[],
    number[],
  ];
  const head = `${from[0]}年${from[1]}月${from[2]}日`;
  const sameYear = from[0] === to[0];
  const tail = `${sameYear ? '' : `${to[0]}年`}${sameYear && from[1] === to[1] ? '' : `${to[1]}月`}${to[2]}日`;
  return `${head} – ${tail}（${eraYear(period.from)}）`;
}
