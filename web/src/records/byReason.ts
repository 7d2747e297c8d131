export interface SkippedRecord {
  title: string;
  reason: string;
}

/** What was left out, by reason, the most frequent first; so many titles of each, and how many more there are. */
export function byReason(
  skipped: readonly SkippedRecord[],
  most: number,
): { reason: string; titles: string[]; count: number }[] {
  const groups = new Map<string, string[]>();
  for (const { title, reason } of skipped) groups.set(reason, [...(groups.get(reason) ?? []), title]);
  return [...groups]
    .map(([reason, titles]) => ({ reason, titles: titles.slice(0, most), count: titles.length }))
    .sort((a, b) => b.count - a.count);
}
