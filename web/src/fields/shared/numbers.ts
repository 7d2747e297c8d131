// Numbers as people type them: １２万円, 1,234円, 3億5千万, ▲500, 50％. The server parses them again and decides; this
// is for showing at once what will be stored.
const kBig: Record<string, number> = { 万: 1e4, 億: 1e8, 兆: 1e12 };
const kSmall: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

// NFKC makes full-width digits, signs and ％ narrow.
function narrow(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,_]/g, '')
    .replace(/[‐‑–—−ー]/g, '-');
}

// null when it is not a number.
export function parseNumber(typed: string): number | null {
  let text = narrow(typed)
    .replace(/^[¥\\]/, '')
    .replace(/(円|%|パーセント|人|名|個|件)$/, '');
  let sign = 1;
  if (/^[-▲△]/.test(text)) {
    sign = -1;
    text = text.slice(1).replace(/^[¥\\]/, '');
  }
  if (/^\d+(\.\d+)?$/.test(text) || /^\.\d+$/.test(text)) return sign * Number(text);
  const value = parseKanjiUnits(text);
  return value === null ? null : sign * value;
}

/** What is wrong with a number that a field does not take; the key of its text. */
export function outsideLimits(
  value: unknown,
  least?: number | null,
  greatest?: number | null,
): 'numberBetween' | 'numberTooLow' | 'numberTooHigh' | null {
  if (typeof value !== 'number') return null;
  const low = typeof least === 'number' && value < least;
  const high = typeof greatest === 'number' && value > greatest;
  if (!low && !high) return null;
  if (typeof least === 'number' && typeof greatest === 'number') return 'numberBetween';
  return low ? 'numberTooLow' : 'numberTooHigh';
}

function parseKanjiUnits(text: string): number | null {
  if (!/^[\d.万億兆十百千]+$/.test(text) || !/\d/.test(text)) return null;
  let total = 0;
  let group = 0; // below the next big unit
  let digits = '';
  for (const character of text) {
    const big = kBig[character];
    const small = kSmall[character];
    if (big === undefined && small === undefined) {
      digits += character;
      continue;
    }
    const number = digits === '' ? null : Number(digits);
    if (number !== null && Number.isNaN(number)) return null;
    digits = '';
    if (small !== undefined) {
      group += (number ?? 1) * small;
    } else if (big !== undefined) {
      group += number ?? 0;
      if (group === 0) return null;
      total += group * big;
      group = 0;
    }
  }
  const rest = digits === '' ? 0 : Number(digits);
  if (Number.isNaN(rest)) return null;
  return Math.round((total + group + rest) * 1e4) / 1e4;
}
