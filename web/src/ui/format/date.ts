import type { Language } from '@/api';

// Dates ("2026-04-01") are days without a zone; instants ("2026-04-01T05:00:00Z") are shown in the reader's zone.

export type DateStyle = 'full' | 'short' | 'wareki' | 'day';

const weekdaysJa = ['日', '月', '火', '水', '木', '金', '土'];

function parts(date: string): [number, number, number] | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

// Midday, so that no change of summer time moves the day.
function midday(year: number, month: number, day: number): Date {
  return new Date(year, month - 1, day, 12);
}

const warekiFormat = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});

/** full: 2026年4月1日(水); short: 2026/04/01; wareki: 令和8年4月1日; day: 4月1日(水). Unreadable text comes back as it is. */
export function formatDate(date: string, style: DateStyle = 'full', language: Language = 'ja'): string {
  const found = parts(date);
  if (!found) return date;
  const [year, month, day] = found;
  const pad = (n: number) => String(n).padStart(2, '0');
  if (style === 'short') return `${year}/${pad(month)}/${pad(day)}`;
  const at = midday(year, month, day);
  if (style === 'wareki') return warekiFormat.format(at);
  if (language === 'en') {
    return new Intl.DateTimeFormat('en-US', {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      ...(style === 'full' ? { year: 'numeric' } : {}),
    }).format(at);
  }
  const monthDay = `${month}月${day}日(${weekdaysJa[at.getDay()]})`;
  return style === 'full' ? `${year}年${monthDay}` : monthDay;
}

/** 2026/04/01 14:05 in the reader's zone. */
export function formatDateTime(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return `${formatDate(dateOf(at), 'short')} ${formatTime(at)}`;
}

export function formatTime(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

/** The day of an instant in the reader's zone, as "2026-04-01". */
export function dateOf(at: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

export function today(now = new Date()): string {
  return dateOf(now);
}

export function addDays(date: string, days: number): string {
  const found = parts(date);
  if (!found) return date;
  return dateOf(midday(found[0], found[1], found[2] + days));
}

/** How many days from `from` to `to`: 1 = tomorrow. */
export function daysBetween(from: string, to: string): number {
  const a = parts(from);
  const b = parts(to);
  if (!a || !b) return 0;
  return Math.round((Date.UTC(b[0], b[1] - 1, b[2]) - Date.UTC(a[0], a[1] - 1, a[2])) / 86_400_000);
}

/** たった今, 5分前, 3時間前, きのう, 3日前; older than a week the date. */
export function formatRelative(instant: string, now = new Date(), language: Language = 'ja'): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  const ja = language === 'ja';
  if (minutes >= 0 && minutes < 1) return ja ? 'たった今' : 'just now';
  if (minutes >= 0 && minutes < 60) return ja ? `${minutes}分前` : `${minutes} min ago`;
  const days = daysBetween(dateOf(at), dateOf(now));
  if (minutes >= 0 && days === 0)
    return ja ? `${Math.floor(minutes / 60)}時間前` : `${Math.floor(minutes / 60)} h ago`;
  if (days === 1) return ja ? `きのう ${formatTime(at)}` : `yesterday ${formatTime(at)}`;
  if (days > 1 && days < 8) return ja ? `${days}日前` : `${days} days ago`;
  return formatDate(dateOf(at), at.getFullYear() === now.getFullYear() ? 'day' : 'short', language);
}

/** きょう, あした, 3日後, 2日遅れ: for days that something is due. */
export function formatDue(date: string, now = new Date(), language: Language = 'ja'): string {
  const days = daysBetween(dateOf(now), date.length > 10 ? dateOf(new Date(date)) : date);
  const ja = language === 'ja';
  if (days === 0) return ja ? 'きょう' : 'today';
  if (days === 1) return ja ? 'あした' : 'tomorrow';
  if (days < 0) return ja ? `${-days}日遅れ` : `${-days} days late`;
  if (days < 8) return ja ? `${days}日後` : `in ${days} days`;
  return formatDate(date, 'day', language);
}

/** きょう, きのう, 45日前: how long ago a day is, in whole days, for what has waited. */
export function formatAgo(date: string, now = new Date(), language: Language = 'ja'): string {
  const days = Math.max(0, daysBetween(date, dateOf(now)));
  const ja = language === 'ja';
  if (days === 0) return ja ? 'きょう' : 'today';
  if (days === 1) return ja ? 'きのう' : 'yesterday';
  return ja ? `${days}日前` : `${days} days ago`;
}
