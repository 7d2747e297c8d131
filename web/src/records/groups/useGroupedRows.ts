import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import {
  type FieldMeta,
  isListHeld,
  keys,
  type ListQuery,
  type ObjectMeta,
  pageOfList,
  type RecordData,
  type RecordWindow,
} from '@/api';
import type { RowHeading } from '@/grid/sheetTypes';
import { useTexts } from '@/ui';
import { type Group, type Grouping, groupFilter } from './grouping';
import { headingRecord, isHeading, type Layout, layoutOf, noLayout, partsOf, placeOf } from './groupLayout';
import { groupName } from './groupNames';
import { useGroups } from './useGroups';

export interface GroupedRows {
  /** The rows as they are seen, headings among them. */
  rows: RecordWindow;
  rowCount: number;
  exact: boolean;
  headingOf: (record: RecordData) => RowHeading | undefined;
  /** Opens or closes the group that the row is in; gives the row of its heading. */
  fold: (row: number, open: boolean) => number | undefined;
  someFolded: boolean;
}

const opened: RowHeading = { expanded: true };
const closed: RowHeading = { expanded: false };

/** The records of a list under headings with subtotals; nothing where it is not grouped. */
export function useGroupedRows(
  object: ObjectMeta,
  query: ListQuery,
  columns: readonly FieldMeta[],
  grouping: Grouping | undefined,
  range: { first: number; last: number },
  size: number,
): GroupedRows | undefined {
  const cache = useQueryClient();
  const words = useTexts();
  const { groups: counted, field, unit, exact, error } = useGroups(object, query, columns, grouping);
  // While rows are held, they keep their places, and so do the groups around them; their numbers still follow. The groups
  // before stand too while a new period or other columns are counted: the sheet would else go away, with what is typed.
  const standing = useRef<{ of: string; groups: Group[] | undefined }>(undefined);
  const of = `${object.key} ${field?.key} ${unit}`;
  const held = isListHeld(cache, object, query);
  const same = standing.current?.of === of && standing.current.groups !== undefined;
  if (!same || (!held && (counted || error))) standing.current = { of, groups: counted };
  const groups = standing.current?.groups;

  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set()); // other than the groups begin
  const folded = grouping?.folded ?? false;
  const layout = useMemo<Layout>(() => {
    if (!field || !groups) return noLayout;
    const now = new Map((counted ?? groups).map((group) => [group.key, group.numbers]));
    return layoutOf(
      groups,
      (group) => folded === turned.has(group.key),
      (group) => {
        const numbers = now.get(group.key) ?? { count: 0, sums: {} };
        const name = groupName(group.name, field, words);
        return headingRecord(object.key, { ...group, numbers }, object.title, name);
      },
    );
  }, [field, groups, counted, folded, turned, object.key, object.title, words]);
  const pageOf = useCallback(
    (group: Group, page: number) =>
      pageOfList(cache, object, query, page, size, {
        key: group.key,
        filter: groupFilter(query.filter, group.filter),
      }),
    [cache, object, query, size],
  );
  const wanted = useMemo(
    () =>
      partsOf(layout, range.first, range.last).flatMap(({ span, first, last }) =>
        first > last ? [] : pagesOf(first, last, size).map((page) => ({ span, page })),
      ),
    [layout, range.first, range.last, size],
  );
  const results = useQueries({ queries: wanted.map(({ span, page }) => pageOf(span.group, page)) });

  if (!field) return undefined;
  const loaded = new Map(
    wanted.map(({ span, page }, at) => [`${span.group.key}\n${page}`, results[at]?.data]),
  );
  const readPage = (group: Group, page: number) =>
    cache.getQueryData(pageOf(group, page).queryKey) as { items: RecordData[] } | undefined;

  const peek = (first: number, last: number): RecordData[] | undefined => {
    const rows: RecordData[] = [];
    for (const part of partsOf(layout, first, Math.min(last, layout.rows - 1))) {
      if (part.heading) rows.push(part.span.heading);
      if (part.first > part.last) continue;
      for (const page of pagesOf(part.first, part.last, size)) {
        const data = readPage(part.span.group, page);
        if (!data) return undefined;
        rows.push(...cut(data.items, page * size, part.first, part.last));
      }
    }
    return rows.length === last - first + 1 ? rows : undefined;
  };
  const rows: RecordWindow = {
    total: groups && { count: layout.rows, exact: true },
    end: undefined,
    row: (index) => {
      const place = placeOf(layout, index);
      if (!place || place.at < 0) return place?.span.heading;
      return loaded.get(`${place.span.group.key}\n${Math.floor(place.at / size)}`)?.items[place.at % size];
    },
    isPending: groups === undefined && !error,
    isFetching: results.some((result) => result.isFetching),
    error: error ?? results.find((result) => result.error)?.error ?? null,
    refetch: () => void cache.invalidateQueries({ queryKey: keys.lists(object.key) }),
    peek,
    load: async (first, last) => {
      const all: RecordData[] = [];
      for (const part of partsOf(layout, first, Math.min(last, layout.rows - 1))) {
        if (part.heading) all.push(part.span.heading);
        if (part.first > part.last) continue;
        for (const page of pagesOf(part.first, part.last, size)) {
          const { items } = await cache.fetchQuery(pageOf(part.span.group, page));
          all.push(...cut(items, page * size, part.first, part.last));
        }
      }
      return all;
    },
    places: () => {
      const places = new Map<string, number>();
      for (const { group, start, count } of layout.spans)
        for (let page = 0; page * size < count; ++page)
          readPage(group, page)?.items.forEach((record, at) => {
            places.set(record.id, start + 1 + page * size + at);
          });
      return places;
    },
  };
  return {
    rows,
    rowCount: layout.rows,
    exact,
    headingOf: (record) => {
      if (!isHeading(record)) return undefined;
      const span = layout.spans.find(({ heading }) => heading.id === record.id);
      return span?.open ? opened : closed;
    },
    fold: (row, open) => {
      const place = placeOf(layout, row);
      if (!place) return undefined;
      const { group } = place.span;
      if (place.span.open !== open)
        setTurned((now) => {
          const next = new Set(now);
          if (!next.delete(group.key)) next.add(group.key);
          return next;
        });
      return place.span.start;
    },
    someFolded: layout.spans.some(({ open }) => !open),
  };
}

function pagesOf(first: number, last: number, size: number): number[] {
  const from = Math.floor(first / size);
  return Array.from({ length: Math.floor(last / size) - from + 1 }, (_, at) => from + at);
}

// Of a page that begins at `start`, those from `first` to `last`.
function cut(items: RecordData[], start: number, first: number, last: number): RecordData[] {
  return items.slice(Math.max(0, first - start), last - start + 1);
}
