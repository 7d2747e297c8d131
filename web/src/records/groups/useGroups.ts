import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  type FieldMeta,
  type FieldValue,
  fetchRecords,
  keys,
  type ListQuery,
  type ObjectMeta,
  summaryOfList,
} from '@/api';
import { useFiscalMonth } from '@/fields';
import { addDays, dateOf, today } from '@/ui';
import {
  type Bucket,
  bucketsOf,
  type Group,
  type Grouping,
  groupFilter,
  groupingOf,
  groupsOf,
  sumFields,
  type Unit,
} from './grouping';

export interface Groups {
  /** Undefined while they are being counted. */
  groups: Group[] | undefined;
  field: FieldMeta | undefined;
  /** By what days stand together. */
  unit: Unit | undefined;
  /** False: only the newest records were counted. */
  exact: boolean;
  error: Error | null;
}

/** The groups of a list with their counts and sums, over all its records whether they are loaded or not. */
export function useGroups(
  object: ObjectMeta,
  query: ListQuery,
  columns: readonly FieldMeta[],
  grouping: Grouping | undefined,
): Groups {
  const found = groupingOf(object, query.deleted ? undefined : grouping);
  const { field, unit } = found ?? {};
  const sum = sumFields(object, columns)
    .map((each) => each.key)
    .sort();
  const { filter, q } = query;
  const summary = useQuery({
    ...summaryOfList(object, { group: field?.key, sum, filter, q }),
    enabled: field !== undefined && unit === undefined,
    placeholderData: keepPreviousData,
  });
  const ends = useListEnds(object, query, unit && field);
  const firstMonth = useFiscalMonth();
  const { low, high } = ends.data ?? {};
  const buckets = useMemo<Bucket[] | undefined>(() => {
    if (!field || !unit || ends.data === undefined) return undefined;
    const day = (value: FieldValue, by: number) =>
      // A moment is a day of wherever it is looked at: a day more on both sides holds it for sure.
      field.kind === 'date_time' ? addDays(dateOf(new Date(String(value))), by) : String(value);
    if (low === undefined || high === undefined)
      return [{ key: '', name: { other: 'none' }, filter: { [field.key]: { empty: true } } }] as Bucket[];
    return bucketsOf(
      field.key,
      unit,
      { low: day(low, -1), high: day(high, 1) },
      { today: today(), firstMonth },
    );
  }, [field, unit, ends.data, low, high, firstMonth]);
  const counted = useQueries({
    queries: (buckets ?? []).map((bucket) => ({
      ...summaryOfList(object, { sum, filter: groupFilter(filter, bucket.filter), q }),
      staleTime: 30_000,
    })),
    combine: (results) => ({
      all: results.every(({ data }) => data) ? results.flatMap(({ data }) => data ?? []) : undefined,
      error: results.find(({ error }) => error)?.error ?? null,
    }),
  });
  const data = unit ? undefined : summary.data;
  const { all } = counted;
  const groups = useMemo(() => {
    if (!field) return undefined;
    if (!unit) return data && groupsOf(field, data);
    if (!buckets || !all) return undefined;
    return buckets
      .map((bucket, at): Group => {
        const { count = 0, sums = {} } = all[at] ?? {};
        return { ...bucket, numbers: { count, sums } };
      })
      .filter(({ numbers }) => numbers.count > 0);
  }, [field, unit, data, buckets, all]);
  return {
    groups,
    field,
    unit,
    exact: unit ? (all ?? []).every(({ exact }) => exact) : summary.data?.exact !== false,
    error: unit ? (ends.error ?? counted.error) : summary.error,
  };
}

/** The lowest and the highest value that a field has in a list; both undefined where it has none. */
export function useListEnds(object: ObjectMeta, query: ListQuery, field: FieldMeta | undefined) {
  const { filter, q, deleted } = query;
  return useQuery({
    queryKey: [...keys.lists(object.key), 'ends', field?.key, filter, q, deleted],
    enabled: field !== undefined,
    queryFn: ({ signal }) => endsOf(object, query, field?.key ?? '', signal),
    placeholderData: keepPreviousData,
  });
}

export async function endsOf(object: ObjectMeta, query: ListQuery, field: string, signal?: AbortSignal) {
  const { filter, q, deleted } = query;
  const end = async (sort: string): Promise<FieldValue> => {
    const asked = {
      filter: groupFilter(filter, { [field]: { empty: false } }),
      q,
      deleted,
      sort,
      fields: [field],
    };
    const page = await fetchRecords(object, asked, { limit: 1 }, signal);
    return page.items[0]?.[field];
  };
  const [low, high] = await Promise.all([end(field), end(`-${field}`)]);
  return { low, high };
}
