import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from './client';
import { keys } from './keys';
import { inRounds } from './rounds';
import type { FieldValue } from './types';

// 整理・整頓: what a ledger collects over the years, check by check, and how it is mended.

export interface TidyCheck {
  key: string;
  label: string;
  help: string;
  count: number;
  /** Counting stopped at a bound: there are at least so many. */
  more: boolean;
  kind: 'records' | 'choices' | 'fields';
}

export interface TidyProblem {
  field: string;
  label: string;
  value: FieldValue;
  /** What is wrong with it, in words. */
  text: string;
  proposal: FieldValue;
  proposal_text: string | null;
}
export interface TidyRecord {
  record: { id: string; title: string; object: string; version: number };
  stage?: string | null;
  owner?: string | null;
  /** The last contact, in milliseconds. */
  last?: number | null;
  problems: TidyProblem[];
}

/** One thing written in several ways. */
export interface TidyChoice {
  field: string;
  label: string;
  values: { value: string; count: number }[];
  /** The spelling to fold to. */
  proposal: string;
  count: number;
}

/** An own field that hardly anybody fills in. */
export interface TidyField {
  field: string;
  label: string;
  object: string;
  filled: number;
  of: number;
  last: number | null;
}

interface TidyPage<Item> {
  items: Item[];
  next: string | null;
  /** stale: after how many days, by the stage's key; 0: never. */
  days?: Record<string, number>;
}

/** Which of a check's records: other days than the company's, one stage only. */
export interface TidyScope {
  days?: number;
  stage?: string;
}

export type TidyMend =
  | 'todo'
  | 'stage'
  | 'owner'
  | 'trash'
  | 'proposal'
  | 'clear'
  | 'fold'
  | 'hide'
  | 'link'
  | 'mark';

export interface TidyBody extends TidyScope {
  object: string;
  mend: TidyMend;
  ids?: string[];
  /** Everything that the check finds in this scope. */
  all?: true;
  value?: FieldValue;
  field?: string;
  values?: string[];
}

export interface TidySkipped {
  title: string;
  reason: string;
}
export interface TidyPreview {
  count: number;
  /** It stopped counting: there are at least so many. */
  more: boolean;
  skipped: TidySkipped[];
  /** The first hundred. */
  items: { id: string; title: string; field: string; label: string; from: FieldValue; to: FieldValue }[];
}
export interface TidyDone {
  change: string | null;
  done: number;
  skipped: TidySkipped[];
  next?: string | null;
}

export function useTidyChecks(object: string) {
  return useQuery({
    queryKey: keys.tidy(object),
    queryFn: ({ signal }) =>
      api.get<{ object: string; checks: TidyCheck[] }>('/tidy', { query: { object }, signal }),
    select: (answer) => answer.checks,
  });
}

export function useTidyItems<Item>(object: string, check: string, scope: TidyScope = {}) {
  const found = useInfiniteQuery({
    queryKey: [...keys.tidy(object), check, scope],
    queryFn: ({ pageParam, signal }) =>
      api.get<TidyPage<Item>>(`/tidy/${check}`, {
        query: { object, ...scope, limit: 50, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  // In a large ledger the search for the first may take more than one request.
  const searching = items.length === 0 && found.hasNextPage && !found.isError;
  const { fetchNextPage, isFetching } = found;
  useEffect(() => {
    if (searching && !isFetching) void fetchNextPage();
  }, [searching, isFetching, fetchNextPage]);
  return {
    ...found,
    items,
    isPending: found.isPending || searching,
    days: found.data?.pages[0]?.days,
  };
}

/** What a mend would do; nothing is asked while `body` is not complete. */
export function useTidyPreview(object: string, check: string, body: TidyBody | undefined) {
  return useQuery({
    queryKey: [...keys.tidy(object), check, 'preview', body],
    queryFn: ({ signal }) => api.post<TidyPreview>(`/tidy/${check}/preview`, body, { signal }),
    enabled: body !== undefined,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Mends in rounds; one undo takes all of them back. */
export function useTidyMend(check: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, onRound }: { body: TidyBody; onRound?: (so: TidyDone) => boolean }) =>
      inRounds<TidyDone>(
        (from) => api.post(`/tidy/${check}`, { ...body, ...from }),
        (sum, round) => ({
          ...sum,
          done: sum.done + round.done,
          skipped: [...sum.skipped, ...round.skipped],
        }),
        onRound,
      ),
    // Tasks are made and links set: other objects too. An own field that is put away changes the metadata.
    onSettled: (_done, _error, { body }) =>
      cache.invalidateQueries({
        predicate: ({ queryKey }) =>
          (queryKey[0] === 'o' && !queryKey.includes('preview')) ||
          (body.mend === 'hide' && queryKey[0] === keys.metadata[0]),
      }),
  });
}

/** After how many days without news a record of each stage is stale; 0: never. */
export function useSaveTidyDays(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (days: Record<string, number>) =>
      api.patch<{ change: string }>('/tidy/settings', { object, stale_days: days }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.tidy(object) }),
  });
}
