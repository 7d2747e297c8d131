import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from './client';
import { keys } from './keys';
import { fetchRecords, type ObjectRef } from './records';
import type { Filter, ListQuery, Page, RecordData, Total } from './types';

// Lists whose rows stay where they are while somebody types into them: a row that is changed would else leave its place at
// once, since most lists are sorted by the last change. One set a cache, which is one a signed-in page.
const heldLists = new WeakMap<QueryClient, Set<string>>();

function heldOf(cache: QueryClient): Set<string> {
  const known = heldLists.get(cache) ?? new Set<string>();
  heldLists.set(cache, known);
  return known;
}
function listName(object: ObjectRef, query: ListQuery): string {
  return JSON.stringify([object.key, query]);
}

/** From now on the rows of this list keep their places; their values still follow every change. */
export function holdList(cache: QueryClient, object: ObjectRef, query: ListQuery): void {
  heldOf(cache).add(listName(object, query));
}
/** Sorts and filters the list anew. */
export function releaseList(cache: QueryClient, object: ObjectRef, query: ListQuery): void {
  if (!heldOf(cache).delete(listName(object, query))) return;
  cache.removeQueries({ queryKey: keys.list(object.key, query), type: 'inactive' });
  void cache.invalidateQueries({ queryKey: keys.list(object.key, query) });
}

export function isListHeld(cache: QueryClient, object: ObjectRef, query: ListQuery): boolean {
  return heldOf(cache).has(listName(object, query));
}

/** Whether this row of a held list is no longer there for the caller: deleted, merged, or given to somebody else. */
export function isGone(record: RecordData): boolean {
  return record.version === 0;
}

// The same rows in the same places, as they are now.
async function sameRows(
  object: ObjectRef,
  query: ListQuery,
  before: Page<RecordData>,
  signal: AbortSignal,
): Promise<Page<RecordData>> {
  const ids = before.items.filter((record) => !isGone(record)).map((record) => record.id);
  if (ids.length === 0) return before;
  const now = await api.post<Page<RecordData>>(
    `/${object.plural}/query`,
    { filter: { id: { in: ids } }, fields: query.fields, deleted: query.deleted, limit: ids.length },
    { signal },
  );
  const byId = new Map(now.items.map((record) => [record.id, record]));
  const items = before.items.map(
    (record): RecordData =>
      byId.get(record.id) ?? { id: record.id, object: object.key, version: 0, title: '', updated_at: '' },
  );
  return { ...before, items };
}

export interface RecordWindow {
  total: Total | undefined;
  /** One past the last row, once a page that is not full has been read: a bounded total does not say it. */
  end: number | undefined;
  /** undefined = not loaded (yet), never "empty". */
  row: (index: number) => RecordData | undefined;
  isPending: boolean;
  isFetching: boolean;
  error: Error | null;
  refetch: () => void;
  /** The rows of the range when all of them are loaded, whether they are on the screen or not. */
  peek: (first: number, last: number) => RecordData[] | undefined;
  /** Where the records stand in the list, so far as it was read, by their ids. */
  places: () => ReadonlyMap<string, number>;
  /** Loads every page of the range and gives its rows: for copy and fill, which must not take unloaded rows as blank. */
  load: (first: number, last: number) => Promise<RecordData[]>;
}

/** A page of a list, or with `part` of those of its records that meet further conditions. */
export function pageOfList(
  cache: QueryClient,
  object: ObjectRef,
  query: ListQuery,
  page: number,
  size: number,
  part?: { key: string; filter: Filter },
) {
  // Under the list as a whole: what makes that old, or lets go of its rows, is for its parts too.
  const keyOf = (at: number) =>
    part
      ? ([...keys.list(object.key, query), 'part', part.key, 'page', size, at] as const)
      : keys.listPage(object.key, query, at, size);
  const asked = part ? { ...query, filter: part.filter } : query;
  return {
    queryKey: keyOf(page),
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const shown = cache.getQueryData<Page<RecordData>>(keyOf(page));
      if (shown && isListHeld(cache, object, query)) return sameRows(object, query, shown, signal);
      const before = cache.getQueryData<Page<RecordData>>(keyOf(page - 1));
      const position =
        page === 0 ? { total: !part } : before?.next ? { after: before.next } : { offset: page * size };
      return fetchRecords(object, asked, { limit: size, ...position }, signal);
    },
    staleTime: 30_000,
  };
}

/** A list seen through a window of row numbers (first..last, inclusive): only the pages under the window are read. */
export function useRecordWindow(
  object: ObjectRef,
  query: ListQuery,
  range: { first: number; last: number },
  size = 100,
): RecordWindow {
  const cache = useQueryClient();
  const pages = useMemo(() => {
    const first = Math.max(0, Math.floor(range.first / size));
    const last = Math.max(first, Math.floor(range.last / size));
    const wanted = [0];
    for (let page = first; page <= last; page++) if (page > 0) wanted.push(page);
    return wanted;
  }, [range.first, range.last, size]);

  const pageOptions = useCallback(
    (page: number) => pageOfList(cache, object, query, page, size),
    [cache, object, query, size],
  );

  const results = useQueries({ queries: pages.map(pageOptions) });
  const loaded = new Map(pages.map((page, at) => [page, results[at]?.data]));
  let end: number | undefined;
  for (const [page, data] of loaded)
    if (data && data.items.length < size)
      end = Math.min(end ?? Number.POSITIVE_INFINITY, page * size + data.items.length);
  return {
    total: loaded.get(0)?.total,
    end,
    row: (index) => loaded.get(Math.floor(index / size))?.items[index % size],
    isPending: results[0]?.isPending ?? true,
    isFetching: results.some((result) => result.isFetching),
    error: results.find((result) => result.error)?.error ?? null,
    refetch: () => void cache.invalidateQueries({ queryKey: keys.list(object.key, query) }),
    peek: (first, last) => {
      const rows: RecordData[] = [];
      for (let page = Math.floor(first / size); page <= Math.floor(last / size); page++) {
        const data = cache.getQueryData<Page<RecordData>>(keys.listPage(object.key, query, page, size));
        if (!data) return undefined;
        rows.push(...data.items.slice(Math.max(0, first - page * size), last - page * size + 1));
      }
      return rows.length === last - first + 1 ? rows : undefined;
    },
    places: () => {
      const places = new Map<string, number>();
      const read = cache.getQueriesData<Page<RecordData>>({
        queryKey: [...keys.list(object.key, query), 'page', size],
      });
      for (const [key, data] of read)
        data?.items.forEach((record, at) => {
          places.set(record.id, Number(key.at(-1)) * size + at);
        });
      return places;
    },
    load: async (first, last) => {
      const rows: RecordData[] = [];
      for (let page = Math.floor(first / size); page <= Math.floor(last / size); page++) {
        const { items } = await cache.fetchQuery(pageOptions(page));
        rows.push(...items.slice(Math.max(0, first - page * size), last - page * size + 1));
      }
      return rows;
    },
  };
}

/** Puts what was saved into the lists that show it, before they load again. */
export function noteWritten(
  cache: QueryClient,
  object: ObjectRef,
  written: ReadonlyMap<string, Partial<RecordData>>,
): void {
  cache.setQueriesData<Page<RecordData>>(
    {
      queryKey: keys.lists(object.key),
      predicate: ({ queryKey }) => queryKey.includes('page') || queryKey.includes('made'),
    },
    (page) =>
      page?.items.some((record) => written.has(record.id))
        ? {
            ...page,
            items: page.items.map((record) => ({ ...record, ...written.get(record.id) }) as RecordData),
          }
        : page,
  );
}
