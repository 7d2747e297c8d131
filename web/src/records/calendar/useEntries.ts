import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchRecords, keys, type ListQuery, type RecordData } from '@/api';
import { useToday } from '@/ui/useToday';
import { type Entry, entryFields, entryOf, periodFilter, placeOf, type Source } from './calendarModel';
import type { Period } from './period';

const kPage = 200;
// Of one list at once. More than this on a screen nobody reads; the page says so and where it ends.
const kMost = 1000;

interface Read {
  records: RecordData[];
  more: boolean;
}

export interface Entries {
  entries: Entry[];
  /** From this day on not everything is read. */
  cut: string | undefined;
  isPending: boolean;
  error: Error | null;
  refetch: () => void;
}

/** The records of the period, of all sources, and of nothing else. */
export function useEntries(sources: readonly Source[], period: Period): Entries {
  const today = useToday();
  const results = useQueries({
    queries: sources.map((source) => {
      const { object, field } = source;
      const query: ListQuery = {
        filter: periodFilter(source, period),
        q: source.q,
        sort: field.key,
        fields: entryFields(source),
      };
      return {
        queryKey: [...keys.list(object.key, query), 'calendar'],
        queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Read> => {
          const records: RecordData[] = [];
          let after: string | undefined;
          do {
            const page = await fetchRecords(object, query, { limit: kPage, after }, signal);
            records.push(...page.items);
            after = page.next ?? undefined;
          } while (after && records.length < kMost);
          return { records, more: after !== undefined };
        },
        placeholderData: keepPreviousData<Read>,
      };
    }),
  });

  const data = results.map((result) => result.data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of answers is new each time, its members are not
  const read = useMemo(() => {
    const entries: Entry[] = [];
    let cut: string | undefined;
    for (const [at, source] of sources.entries()) {
      const found = data[at];
      if (!found) continue;
      for (const record of found.records) {
        const entry = entryOf(source, record, today);
        // While the next period loads the last one is still at hand.
        if (entry && entry.day >= period.from && entry.day <= period.to) entries.push(entry);
      }
      const last = found.records.at(-1);
      const end = found.more && last ? placeOf(source.field, last[source.field.key])?.day : undefined;
      if (end && (!cut || end < cut)) cut = end;
    }
    return { entries, cut };
  }, [sources, period, today, ...data]);

  return {
    ...read,
    isPending: results.some((result) => result.isPending || result.isPlaceholderData),
    error: results.find((result) => result.error)?.error ?? null,
    refetch: () => {
      for (const result of results) void result.refetch();
    },
  };
}
