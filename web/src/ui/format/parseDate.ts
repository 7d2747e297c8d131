import { addDays, dateOf } from './date';

const eras: Record<string, number> = {
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
const words: Record<string, number> = {
  今日: 0,
  きょう: 0,
  本日: 0,
  today: 0,
  明日: 1,
  あした: 1,
  あす: 1,
  tomorrow: 1,
  昨日: -1,
  きのう: -1,
  yesterday: -1,
  明後日: 2,
  あさって: 2,
  一昨日: -2,
  おととい: -2,
};

const weekdays = '月火水木金土日';
const weeksAhead: Record<string, number> = { 今週: 0, 来週: 1, 再来週: 2 };

// The same day of a later month, or its last one.
function addMonths(date: Date, months: number, last = false): string {
  const end = new Date(date.getFullYear(), date.getMonth() + months + 1, 0, 12);
  const day = last ? end.getDate() : Math.min(date.getDate(), end.getDate());
  return dateOf(new Date(end.getFullYear(), end.getMonth(), day, 12));
}

// 3日後, 2週間後, 来週, 来週火曜, 金曜, 来月, 月末: as a promise is made.
function ahead(text: string, now: Date): string | undefined {
  const today = dateOf(now);
  const after = /^(\d{1,3})(日|週間?|[かヶカケヵ個]?月)後$/.exec(text);
  if (after) {
    const count = Number(after[1]);
    if (after[2] === '日') return addDays(today, count);
    return after[2]?.startsWith('週') ? addDays(today, 7 * count) : addMonths(now, count);
  }
  const month = /^(今月|来月|再来月)?(末)?$/.exec(text.replace(/^月末$/, '今月末'));
  if (text !== '' && month?.[1] && (month[2] || month[1] !== '今月'))
    return addMonths(now, ['今月', '来月', '再来月'].indexOf(month[1]), month[2] === '末');
  const week = /^(今週|来週|再来週)?の?(?:([月火水木金土日])曜?日?)?$/.exec(text);
  if (!week || text === '' || (!week[1] && !/曜/.test(text))) return undefined;
  // Weeks begin on Monday.
  const monday = addDays(today, -((now.getDay() + 6) % 7));
  if (!week[2]) return week[1] === '今週' ? undefined : addDays(today, 7 * (weeksAhead[week[1] ?? ''] ?? 0));
  const place = weekdays.indexOf(week[2]);
  if (week[1]) return addDays(monday, 7 * (weeksAhead[week[1]] ?? 0) + place);
  const next = addDays(monday, place);
  return next > today ? next : addDays(next, 7);
}

/** A date as people type it (2026/4/1, 4/1, 20260401, 令和8年4月1日, R8.4.1, あした, 3日後, 来週火曜, 来月末) as "2026-04-01"; undefined when it is none. */
export function parseDate(typed: string, now = new Date()): string | undefined {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/\([日月火水木金土]\)$/, '');
  if (text === '') return undefined;
  const word = words[text.toLowerCase()];
  if (word !== undefined) return addDays(dateOf(now), word);
  const later = ahead(text, now);
  if (later) return later;

  const era =
    /^(令和|平成|昭和|大正|明治|[RHSTM])\.?\s*(元|\d{1,2})[年./-]\s*(\d{1,2})[月./-]\s*(\d{1,2})日?$/i.exec(
      text,
    );
  if (era) {
    const base = eras[(era[1] ?? '').toUpperCase()];
    if (base === undefined) return undefined;
    return valid(base + (era[2] === '元' ? 1 : Number(era[2])), Number(era[3]), Number(era[4]));
  }
  const full =
    /^(\d{4})[年./-]\s*(\d{1,2})[月./-]\s*(\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (full) return valid(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})[月./-]\s*(\d{1,2})日?$/.exec(text);
  if (short) return valid(now.getFullYear(), Number(short[1]), Number(short[2]));
  return undefined;
}

function valid(year: number, month: number, day: number): string | undefined {
  const at = new Date(year, month - 1, day, 12);
  at.setFullYear(year);
  if (at.getFullYear() !== year || at.getMonth() !== month - 1 || at.getDate() !== day) return undefined;
  return dateOf(at);
}
