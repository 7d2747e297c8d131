import { dateOf, formatDate, formatTime, parseDate, today } from '@/ui/format';

/** A time as people type it (4/1 10:30, 令和8年4月1日 14時半, 9:00) as an ISO instant; null when it is none. Without a time it is
 *  the start of the day, without a day today. Times are of the reader's zone. */
export function parseDateTime(typed: string, now: Date = new Date()): string | null {
  const text = typed.normalize('NFKC').trim();
  const match = /^(.*?)[\sT]*(?:(\d{1,2}):(\d{2})(?::\d{2})?|(\d{1,2})時(?:(\d{1,2})分|(半))?)$/.exec(text);
  const dateText = match ? (match[1] ?? '') : text;
  const date = dateText === '' && match ? today(now) : parseDate(dateText, now);
  if (date === undefined) return null;
  const hour = Number(match?.[2] ?? match?.[4] ?? 0);
  const minute = match?.[6] ? 30 : Number(match?.[3] ?? match?.[5] ?? 0);
  if (hour > 23 || minute > 59) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, hour, minute).toISOString();
}

/** 2026/4/1 14:05 in the reader's zone: what the box shows and parseDateTime reads again. */
export function editDateTime(value: unknown): string {
  if (typeof value !== 'string') return '';
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : `${editDate(dateOf(at))} ${formatTime(at)}`;
}

/** 2026/4/1 */
export function editDate(value: unknown): string {
  if (typeof value !== 'string') return '';
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.replaceAll('-0', '-').replaceAll('-', '/') : value;
}

/** 令和8年4月1日; empty before the solar calendar, when the eras had other months. */
export function eraText(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '1873') return '';
  return formatDate(value, 'wareki').replace(/(\D)1年/, '$1元年');
}
