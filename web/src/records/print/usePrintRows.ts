import { useCallback, useEffect, useState } from 'react';
import { fetchRecords, type ListQuery, type ObjectMeta, type RecordData } from '@/api';
import { type Group, groupFilter } from '../groups/grouping';

/** Records that stand together on paper; `group` is their heading. */
export interface PrintPart {
  group?: Group;
  records: RecordData[];
}

export interface PrintRows {
  parts: PrintPart[];
  read: number;
  done: boolean;
  /** There are more records than are printed. */
  cut: boolean;
  error: Error | null;
  retry: () => void;
}

const kPage = 200; // of the server
const nothing = { parts: [] as PrintPart[], read: 0, done: false, cut: false, error: null as Error | null };

/** Reads the records of a list for paper, group by group, up to `most`. `groups` is undefined while they are counted. */
export function usePrintRows(
  object: ObjectMeta,
  query: ListQuery,
  groups: readonly Group[] | null | undefined,
  most: number,
): PrintRows {
  const [state, setState] = useState(nothing);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` reads once more
  useEffect(() => {
    if (groups === undefined) return;
    const stop = new AbortController();
    setState(nothing);
    readParts(object, query, groups, most, stop.signal, setState).catch((error: unknown) => {
      if (!stop.signal.aborted)
        setState((now) => ({ ...now, error: error instanceof Error ? error : new Error(String(error)) }));
    });
    return () => stop.abort();
  }, [object, query, groups, most, tries]);
  const retry = useCallback(() => setTries((now) => now + 1), []);
  return { ...state, retry };
}

async function readParts(
  object: ObjectMeta,
  query: ListQuery,
  groups: readonly Group[] | null,
  most: number,
  signal: AbortSignal,
  tell: (state: typeof nothing) => void,
) {
  const parts: PrintPart[] = [];
  let read = 0;
  let cut = false;
  for (const group of groups ?? [undefined]) {
    if (read >= most) {
      cut = true;
      break;
    }
    const part: PrintPart = { ...(group ? { group } : {}), records: [] };
    parts.push(part);
    const asked = group ? { ...query, filter: groupFilter(query.filter, group.filter) } : query;
    let after: string | undefined;
    do {
      const page = await fetchRecords(object, asked, { limit: Math.min(kPage, most - read), after }, signal);
      part.records.push(...page.items);
      read += page.items.length;
      after = page.next || undefined;
      // Drawn once, when all is there.
      tell({ ...nothing, read });
    } while (after && read < most);
    cut = after !== undefined;
  }
  if (!signal.aborted) tell({ parts, read, done: true, cut, error: null });
}
