// Dates as people type them: 2026/4/1, 4月1日, 令和8年4月1日, R8.4.1, 4/1, 20260401, 明日. The server normalises again and
// decides; this shows at once what will be stored.
const kEras: Record<string, number> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
  大正: 1911,
  T: 1911,
  明治: 1867,
  M: 1867,
};

const kDays: Record<string, number> = {
  一昨日: -2,
  おととい: -2,
  昨日: -1,
  きのう: -1,
  今日: 0,
  本日: 0,
  明日: 1,
  あした: 1,
  あす: 1,
  明後日: 2,
  あさって: 2,
};

export function isoOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const valid =
    year >= 1000 &&
    year <= 9999 &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day;
  return valid ? date.toISOString().slice(0, 10) : null;
}

export function localToday(now: Date = new Date()): string {
  return isoOf(now.getFullYear(), now.getMonth() + 1, now.getDate()) ?? '';
}

export function addDays(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// ISO date, or null when it is not one. `today` fills a missing year.
export function parseDate(typed: string, today: string = localToday()): string | null {
  const text = typed
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[((][月火水木金土日][))]$/, '');
  const shift = kDays[text];
  if (shift !== undefined) return addDays(today, shift);
  const plus = /^([+-]\d{1,3})日?$/.exec(text);
  if (plus) return addDays(today, Number(plus[1]));
  const era = /^(令和|平成|昭和|大正|明治|[RHSTM])(\d{1,2}|元)[年./-](\d{1,2})[月./-](\d{1,2})日?$/i.exec(
    text,
  );
  if (era) {
    const base = kEras[(era[1] ?? '').toUpperCase()];
    const year = era[2] === '元' ? 1 : Number(era[2]);
    return base === undefined || year === 0 ? null : isoOf(base + year, Number(era[3]), Number(era[4]));
  }
  const full =
    /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (full) return isoOf(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})[月./-](\d{1,2})日?$/.exec(text);
  if (short) return isoOf(Number(today.slice(0, 4)), Number(short[1]), Number(short[2]));
  return null;
}

// 4/1 10:30, 令和8年4月1日 14時, 今日 9:00 -> ISO instant. Without a time it is the start of the day. Local time zone.
export function parseDateTime(typed: string, today: string = localToday()): string | null {
  const text = typed.normalize('NFKC').trim();
  const match = /^(.*?)[\sT]*(?:(\d{1,2}):(\d{2})(?::\d{2})?|(\d{1,2})時(?:(\d{1,2})分|半)?)$/.exec(text);
  const dateText = match ? (match[1] ?? '') : text;
  const date = dateText === '' && match ? today : parseDate(dateText, today);
  if (date === null) return null;
  const hour = Number(match?.[2] ?? match?.[4] ?? 0);
  const minute = Number(match?.[3] ?? match?.[5] ?? (text.endsWith('半') ? 30 : 0));
  if (hour > 23 || minute > 59) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, hour, minute).toISOString();
}

const kWeekday = ['日', '月', '火', '水', '木', '金', '土'];

// 2026/4/1 (水) in Japanese, 1 Apr 2026 in English.
export function formatDate(value: unknown, language: string): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return '';
  const [year = 0, month = 1, day = 1] = value.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (language === 'ja') return `${year}/${month}/${day} (${kWeekday[date.getUTCDay()]})`;
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function formatDateTime(value: unknown, language: string): string {
  if (typeof value !== 'string') return '';
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  const date = formatDate(localToday(at), language);
  return `${date} ${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
}

// 令和8年4月1日: shown beside a date when the mouse or a finger asks for it.
export function formatEra(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return '';
  const [year = 0, month = 1, day = 1] = value.slice(0, 10).split('-').map(Number);
  if (year < 1873) return ''; // before the solar calendar
  const formatter = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' });
  return formatter.format(new Date(Date.UTC(year, month - 1, day))).replace(/(\D)1年/, '$1元年');
}
