// Marks for the days of a calendar: Sundays and holidays red, Saturdays blue, as on every wall calendar in Japan.

export type DayMark = 'holiday' | 'saturday' | undefined;

/** `date` is 2026-05-04, `holidays` names by date. */
export function dayMark(date: string, holidays: ReadonlyMap<string, string>): DayMark {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (day === 0 || holidays.has(date)) return 'holiday';
  return day === 6 ? 'saturday' : undefined;
}
