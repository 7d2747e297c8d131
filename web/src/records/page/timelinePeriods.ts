import type { TimelineQuery } from '@/api';
import { addDays } from '@/ui';

/** Periods that are chosen by name, by how many days they reach back. */
export const periods = { month: 30, quarter: 90, year: 365 } as const;
export type Period = keyof typeof periods | 'all' | 'own';

export function periodQuery(
  period: Exclude<Period, 'own'>,
  today: string,
): Pick<TimelineQuery, 'from' | 'until'> {
  return { from: period === 'all' ? undefined : addDays(today, -periods[period]), until: undefined };
}

/** Which named period a query has; `own` when its days were chosen one by one. */
export function periodOf({ from, until }: TimelineQuery, today: string): Period {
  if (!from && !until) return 'all';
  const named = (Object.keys(periods) as (keyof typeof periods)[]).find(
    (each) => !until && from === addDays(today, -periods[each]),
  );
  return named ?? 'own';
}

export function isNarrowed(query: TimelineQuery): boolean {
  return Boolean(query.what?.length || query.by || query.from || query.until || query.q);
}
