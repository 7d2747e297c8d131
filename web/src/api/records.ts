import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, buildUrl } from './client';
import { keys } from './keys';
import type {
  AttachedFile,
  BatchResult,
  Filter,
  FoundForDraft,
  HistoryEntry,
  ListQuery,
  ObjectMeta,
  Page,
  Problem,
  RecordData,
  RecordWritten,
  RemovedFile,
  TimelinePage,
  TimelineQuery,
  Undone,
  Values,
} from './types';

/** What the hooks need to know of an object. */
export type ObjectRef = Pick<ObjectMeta, 'key' | 'plural'>;

interface PagePosition {
  limit?: number;
  after?: string;
  offset?: number;
  total?: boolean;
}

// A longer address than this may be refused on the way: the same query then goes as a body.
const longestQuery = 1500;

export function fetchRecords(
  object: ObjectRef,
  query: ListQuery,
  position: PagePosition = {},
  signal?: AbortSignal,
): Promise<Page<RecordData>> {
  const parameters = {
    filter: query.filter ? JSON.stringify(query.filter) : undefined,
    sort: query.sort,
    fields: query.fields?.join(','),
    q: query.q,
    deleted: query.deleted,
    ...position,
  };
  if (buildUrl('', parameters).length > longestQuery)
    return api.post(`/${object.plural}/query`, { ...query, ...position }, { signal });
  return api.get(`/${object.plural}`, { query: parameters, signal });
}

export function fetchRecord(object: ObjectRef, id: string, signal?: AbortSignal): Promise<RecordData> {
  return api.get(`/${object.plural}/${id}`, { signal });
}

export function useRecord(object: ObjectRef, id: string | undefined) {
  return useQuery({
    queryKey: keys.record(object.key, id ?? ''),
    queryFn: ({ signal }) => fetchRecord(object, id ?? '', signal),
    enabled: !!id,
  });
}

/** Remembers that this record was opened: it comes under 最近見たもの. Quiet, since nothing hangs on it. */
export function useNoteSeen(object: ObjectRef, id: string | undefined) {
  const client = useQueryClient();
  const plural = object.plural;
  useEffect(() => {
    if (!id) return;
    api
      .post(`/${plural}/${id}/seen`, {}, { quiet: true })
      .then(() => client.invalidateQueries({ queryKey: keys.recent }))
      .catch(() => undefined);
  }, [client, plural, id]);
}

/** A list read from the top, page by page: `fetchNextPage()` appends. `records` are all rows so far. */
export function useRecordList(
  object: ObjectRef,
  query: ListQuery,
  {
    limit = 50,
    enabled = true,
    counted = true,
  }: {
    limit?: number;
    enabled?: boolean /** Whether to ask how many there are, which costs more than a page. */;
    counted?: boolean;
  } = {},
) {
  const found = useInfiniteQuery({
    queryKey: [...keys.list(object.key, query), 'infinite', limit, counted],
    queryFn: ({ pageParam, signal }) =>
      fetchRecords(
        object,
        query,
        { limit, after: pageParam || undefined, total: counted && !pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    enabled,
    placeholderData: keepPreviousData,
  });
  const records = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  return { ...found, records, total: found.data?.pages[0]?.total };
}

/** What happened with a customer. A page may be short or empty and still have a next one: a long walk is cut into requests. */
export function useTimeline(object: ObjectRef, id: string | undefined, query: TimelineQuery = {}) {
  const found = useInfiniteQuery({
    queryKey: keys.timeline(object.key, id ?? '', query),
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelinePage>(`/${object.plural}/${id}/timeline`, {
        query: {
          limit: 50,
          after: pageParam,
          objects: query.what?.join(','),
          by: query.by,
          from: query.from,
          until: query.until,
          q: query.q,
          facets: query.facets && !pageParam,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (last, before) => (before?.queryKey[3] === id ? last : undefined),
    enabled: !!id,
  });
  return {
    ...found,
    entries: found.data?.pages.flatMap((page) => page.items) ?? [],
    facets: found.data?.pages[0]?.facets,
  };
}

export function useHistory(object: ObjectRef, id: string | undefined, enabled = true) {
  const found = useInfiniteQuery({
    queryKey: keys.history(object.key, id ?? ''),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/${object.plural}/${id}/history`, {
        query: { limit: 50, after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    enabled: enabled && !!id,
  });
  return { ...found, entries: found.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function useFiles(object: ObjectRef, id: string | undefined) {
  return useQuery({
    queryKey: keys.files(object.key, id ?? ''),
    queryFn: ({ signal }) => api.get<{ items: AttachedFile[] }>(`/${object.plural}/${id}/files`, { signal }),
    select: (answer) => answer.items,
    enabled: !!id,
  });
}

/** Files that were removed and can come back; only who may change the record is told of them. */
export function useRemovedFiles(object: ObjectRef, id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.removedFiles(object.key, id),
    queryFn: ({ signal }) =>
      api.get<{ items: RemovedFile[] }>(`/${object.plural}/${id}/files`, {
        query: { deleted: true },
        signal,
      }),
    select: (answer) => answer.items,
    enabled,
  });
}

export function useUploadFiles(object: ObjectRef, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (files: File[]) => {
      const form = new FormData();
      for (const file of files) form.append('file', file, file.name);
      return api.upload<{ items: AttachedFile[] }>(`/${object.plural}/${id}/files`, form);
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.files(object.key, id) }),
  });
}

export function useDeleteFile(object: ObjectRef, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: string) => api.delete<{ change: string }>(`/files/${file}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.files(object.key, id) }),
  });
}

export function useRestoreFile(object: ObjectRef, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: string) => api.post<AttachedFile & { change: string }>(`/files/${file}/restore`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.files(object.key, id) }),
  });
}

export function fileUrl(id: string, inline = false): string {
  return buildUrl(`/files/${id}`, { inline });
}

// Writes. Each puts the answer into the cache and lets what depends on it load again.

function afterWrite(cache: QueryClient, object: ObjectRef, record?: RecordData): void {
  if (record) {
    const { change: _change, warnings: _warnings, ...plain } = record as RecordWritten;
    cache.setQueryData(keys.record(object.key, record.id), plain);
    void cache.invalidateQueries({ queryKey: keys.history(object.key, record.id) });
    void cache.invalidateQueries({ queryKey: keys.timeline(object.key, record.id) });
  }
  void cache.invalidateQueries({ queryKey: keys.lists(object.key) });
  void cache.invalidateQueries({ queryKey: keys.maturity(object.key) });
  void cache.invalidateQueries({ queryKey: keys.tidy(object.key) });
  void cache.invalidateQueries({ queryKey: keys.changes });
}

/** What the company's rules said of a write that they did not refuse. */
export function warningsOf(written: RecordWritten): string[] {
  const { warnings } = written as unknown as { warnings?: Problem[] };
  return (warnings ?? []).map((warning) => warning.message);
}

interface NewRecord {
  values: Values;
  /** Rows that belong to the new record, by the plural of their object: one request, one undo. */
  parts?: Record<string, Values[]>;
  refuseDuplicates?: boolean;
  /** Sent again under the same key it is made once, also when the first answer was lost. */
  idempotencyKey?: string;
}
export function useCreateRecord(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ values, parts, refuseDuplicates, idempotencyKey }: NewRecord) =>
      api.post<RecordWritten>(
        `/${object.plural}`,
        { ...values, ...parts },
        {
          query: { duplicates: refuseDuplicates ? 'refuse' : undefined },
          headers: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : undefined,
        },
      ),
    onSuccess: (record) => afterWrite(cache, object, record),
  });
}

/** Sends `values` with the version they were based on. A conflict is an ApiError `conflict` with `conflicts` and `current`. */
export function usePatchRecord(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, values }: { id: string; version: number; values: Values }) =>
      api.patch<RecordWritten>(`/${object.plural}/${id}`, { version, ...values }),
    onSuccess: (record) => afterWrite(cache, object, record),
  });
}

export function useDeleteRecord(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<{ change: string }>(`/${object.plural}/${id}`),
    onSuccess: (_answer, id) => {
      afterWrite(cache, object);
      cache.removeQueries({ queryKey: keys.record(object.key, id) });
    },
  });
}

export function useRestoreRecord(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<RecordWritten>(`/${object.plural}/${id}/restore`),
    onSuccess: (record) => afterWrite(cache, object, record),
  });
}

/** Brings records back from the trash, one after the other. Answers how many came. */
export function useRestoreRecords(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) => {
      let count = 0;
      for (const id of ids) {
        await api.post(`/${object.plural}/${id}/restore`);
        ++count;
      }
      return count;
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.object(object.key) }),
  });
}

export type BatchInput = ({ ids: string[] } | { filter: Filter }) & ({ set: Values } | { delete: true });
export function useBatch(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: BatchInput) => api.post<BatchResult>(`/${object.plural}/batch`, input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.object(object.key) }),
  });
}

export function useUndo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: string) => api.post<Undone>('/undo', { change }),
    onSuccess: () => cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' }),
  });
}

export function fetchDuplicates(
  object: ObjectRef,
  values: Values,
  signal?: AbortSignal,
): Promise<FoundForDraft> {
  return api.post(`/${object.plural}/duplicates`, values, { signal });
}
