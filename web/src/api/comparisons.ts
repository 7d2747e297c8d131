import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { Reference } from './types';

export type CellState = 'change' | 'conflict' | 'refused' | 'invalid';
export type RowState = CellState | 'add' | 'remove';

export interface TableComparison {
  id: string;
  object: string;
  name: string;
  created_at: string;
  exported_by: Reference;
  exported_at: string;
  status: 'open' | 'applied';
  unknown_columns: string[];
  hidden_columns: string[];
  counts: {
    rows: number;
    unchanged: number;
    changes: number;
    conflicts: number;
    refused: number;
    invalid: number;
    added: number;
    likely_known: number;
    removed: number;
    gone: number;
  };
  change?: string;
}

export interface ComparedCell {
  field: string;
  state: CellState;
  before: string;
  now: string;
  next: string;
  code?: string;
  message?: string;
}

export interface ComparedRow {
  row: number;
  line: number;
  kind: 'edit' | 'add' | 'remove';
  id?: string;
  seen: boolean;
  title: string;
  possible: boolean;
  code?: string;
  message?: string;
  cells: ComparedCell[];
  candidates?: { id: string; title: string; subtitle: string }[];
}

export interface Choices {
  changes: boolean;
  conflicts: boolean;
  add: boolean;
  remove: boolean;
  /** By row: all of it, or single fields. */
  except: Record<string, boolean | Record<string, boolean>>;
}

export interface Applied {
  updated: number;
  cells: number;
  created: number;
  removed: number;
  skipped_count: number;
  skipped: { row: number; id?: string; title: string; code: string; reason: string }[];
  change?: string;
}

export function useCompare(object: ObjectRef) {
  return useMutation({
    mutationFn: (file: File) =>
      api.upload<TableComparison>(`/${object.plural}/compare`, file, { query: { name: file.name } }),
  });
}

export function useComparison(id: string) {
  return useQuery({
    queryKey: keys.comparison(id),
    queryFn: ({ signal }) => api.get<TableComparison>(`/comparisons/${id}`, { signal }),
  });
}

export function useComparedRows(id: string, state: RowState | '') {
  const found = useInfiniteQuery({
    queryKey: [...keys.comparison(id), 'rows', state],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: ComparedRow[]; next?: number }>(`/comparisons/${id}/rows`, {
        query: { state, limit: 50, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) };
}

export function useApplyComparison(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (choices: Choices) => api.post<Applied>(`/comparisons/${id}/apply`, choices),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.comparison(id), exact: true });
      void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' });
    },
  });
}
