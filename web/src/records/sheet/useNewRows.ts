import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { fetchRecords, keys, type ListQuery, type ObjectMeta, type RecordData, type Values } from '@/api';
import { defaultsOf, isNew, newRow } from './newRows';

export interface NewRows {
  /** The rows behind the list: made ones as the records that they are now, and last an empty one. */
  behind: RecordData[];
  /** Values that a row begins with. */
  defaults: Values;
  /** More rows behind the empty one, which is taken with them. */
  add: (count: number) => RecordData[];
  /** The row is typed into: an empty one follows it. */
  use: (ids: readonly string[]) => void;
  /** The row is that record now. */
  made: (id: string, record: RecordData) => void;
  /** Forgets rows without a record. */
  drop: (ids: readonly string[]) => void;
  /** Forgets the rows that are records: the list has them. */
  release: () => void;
}

/** The rows at the end of a sheet that are not in its list. None where nothing can be made, or the end is not known. */
export function useNewRows(object: ObjectMeta, query: ListQuery, offered: boolean): NewRows {
  const defaults = useMemo(() => defaultsOf(object, query.filter), [object, query.filter]);
  const last = useRef(1);
  const [rows, setRows] = useState<RecordData[]>([]);
  const [empty, setEmpty] = useState(() => newRow(object, 1, defaults));

  const ids = rows.filter(({ id }) => !isNew(id)).map(({ id }) => id);
  const { data } = useQuery({
    queryKey: [...keys.list(object.key, query), 'made', ids],
    queryFn: ({ signal }) =>
      fetchRecords(object, { filter: { id: { in: ids } }, fields: query.fields }, { limit: 200 }, signal),
    // More than one page of new rows is as it was made, until the list is sorted again.
    enabled: ids.length > 0 && ids.length <= 200,
  });
  const now = useMemo(() => new Map(data?.items.map((record) => [record.id, record])), [data]);

  const next = useCallback(() => newRow(object, ++last.current, defaults), [object, defaults]);
  // The empty row is one of those that were typed into, once.
  const taken = useCallback(
    (added: readonly RecordData[]) => {
      setRows((all) => [...all, ...(all.some(({ id }) => id === empty.id) ? [] : [empty]), ...added]);
      setEmpty((now) => (now.id === empty.id ? next() : now));
    },
    [empty, next],
  );
  const add = useCallback(
    (count: number) => {
      const added = Array.from({ length: count }, next);
      taken(added);
      return added;
    },
    [next, taken],
  );
  const use = useCallback(
    (used: readonly string[]) => {
      if (used.includes(empty.id)) taken([]);
    },
    [empty, taken],
  );
  const made = useCallback(
    (id: string, record: RecordData) => setRows((all) => all.map((row) => (row.id === id ? record : row))),
    [],
  );
  const drop = useCallback(
    (dropped: readonly string[]) =>
      setRows((all) => all.filter(({ id }) => !isNew(id) || !dropped.includes(id))),
    [],
  );
  const release = useCallback(() => setRows((all) => all.filter(({ id }) => isNew(id))), []);

  const shown = rows.map((row): RecordData => {
    if (isNew(row.id) || !data) return row;
    // Taken back, or taken away by somebody else.
    return now.get(row.id) ?? { ...row, version: 0, title: '' };
  });
  const behind = offered ? [...shown, empty] : shown;
  return { behind, defaults, add, use, made, drop, release };
}
