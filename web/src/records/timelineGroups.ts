// Groups timeline entries under headings: each of the last seven days by itself, older ones by month.
export interface Timed {
  at: string; // ISO instant or date
}

export interface TimelineGroup<Entry> {
  key: string; // "2026-11-21" or "2026-10"
  kind: 'day' | 'month';
  entries: Entry[];
}

function localDay(at: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return at;
  const date = new Date(at);
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}

// Entries come newest first and stay in their order. `today` is a local ISO date. Future days are days too.
export function groupTimeline<Entry extends Timed>(
  entries: readonly Entry[],
  today: string,
): TimelineGroup<Entry>[] {
  const week = Date.parse(`${today}T00:00:00Z`) - 7 * 86_400_000;
  const groups: TimelineGroup<Entry>[] = [];
  for (const entry of entries) {
    const day = localDay(entry.at);
    const recent = Date.parse(`${day}T00:00:00Z`) > week;
    const key = recent ? day : day.slice(0, 7);
    const last = groups.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else groups.push({ key, kind: recent ? 'day' : 'month', entries: [entry] });
  }
  return groups;
}

/** What an entry says beyond its title. A summary is made of parts with " / " between them, and the title is often the first. */
export function withoutTitle({ title, summary }: { title: string; summary?: string }): string {
  const parts = (summary ?? '').split(' / ');
  return (parts[0] === title ? parts.slice(1) : parts).join(' / ');
}
