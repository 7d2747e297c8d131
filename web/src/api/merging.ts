import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import { inRounds } from './rounds';
import type { RecordData, RecordWritten, Reference, Values } from './types';

/** What a merge would make of several records. */
export interface MergePlan {
  /** The record that stays: the one asked for, else the proposed one. */
  into: string;
  records: RecordData[];
  /** Of each field that differs the record whose value is proposed. */
  choices: { field: string; from: string; conflict: boolean }[];
  numbers_differ: boolean;
  moves: { object: string; count: number }[];
  files: number;
  /** Further records that the queue holds as likely the same. */
  alike: Reference[];
}

export function useMergePlan(object: ObjectRef, ids: string[], into: string | undefined) {
  return useQuery({
    queryKey: [...keys.object(object.key), 'merge-plan', ids, into ?? ''],
    queryFn: ({ signal }) => api.post<MergePlan>(`/${object.plural}/merge-plan`, { ids, into }, { signal }),
    enabled: ids.length > 1,
    // Another record to stay: the same table with other counts. Other records are another question.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[3]) === JSON.stringify(ids) ? before : undefined,
    staleTime: 0,
    retry: false,
  });
}

export interface MergeInput {
  into: string;
  from: string[];
  values: Values;
  version: number;
}
export function useMerge(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ into, ...body }: MergeInput) =>
      api.post<RecordWritten>(`/${object.plural}/${into}/merge`, body),
    // What hung on the others is of other objects too.
    onSuccess: () => cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' }),
  });
}

/** Pairs that are at least so likely, and less than `below`. */
export interface Likely {
  percent: number;
  below: number;
  /** Merge also where a field says different things. */
  differing: boolean;
}

export interface DuplicateSet {
  records: Reference[];
  percent: number;
  ready: boolean;
  why: { code: string; text: string }[];
  /** Keys of the fields that say different things. */
  fields: string[];
}
export interface DuplicateSets {
  items: DuplicateSet[];
  ready: number;
  /** In the sets that are ready. */
  records: number;
  look: number;
  /** There are further sets than are looked through at once. */
  more: boolean;
  next: string | null;
}

export function useDuplicateSets(object: string, likely: Likely, state: 'ready' | 'look', after: string) {
  return useQuery({
    queryKey: [...keys.queue(object), 'sets', likely, state, after],
    queryFn: ({ signal }) =>
      api.get<DuplicateSets>('/duplicates/sets', {
        query: { object, ...likely, state, after: after || undefined },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export interface AllDecided {
  change: string | null;
  decided?: number;
  merged?: number;
  records?: number;
  skipped?: { title: string; reason: string }[];
  next?: string | null;
}
export type AllDecision = 'merge' | 'different' | 'later';

/** What was decided on many pairs at once. */
export interface DecidedBatch {
  id: string;
  /** What an undo takes back. */
  change: string;
  decision: AllDecision;
  percent: number;
  below: number;
  differing: boolean;
  by: Reference;
  at: string;
  /** Sets that were merged, or pairs that were decided on. */
  decided: number;
  records: number;
  undone_at?: string;
  undone_by?: Reference;
  /** Records that the undo left as they were. */
  kept?: number;
}

export function useDecidedBatches(object: string) {
  return useInfiniteQuery({
    queryKey: [...keys.queue(object), 'batches'],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: DecidedBatch[]; next: string | null }>('/duplicates/batches', {
        query: { object, limit: 10, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

/** Decides on all pairs that are as likely. A merge of many goes in rounds; `onRound` is told after each and says whether it goes on. */
export function useDecideAll(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({
      decision,
      likely,
      onRound,
    }: {
      decision: AllDecision;
      likely: Likely;
      onRound?: (so: AllDecided) => boolean;
    }) =>
      inRounds<AllDecided>(
        (from) => api.post('/duplicates/all', { decision, ...likely, ...from }, { query: { object } }),
        (sum, round) => ({
          ...sum,
          decided: (sum.decided ?? 0) + (round.decided ?? 0),
          merged: (sum.merged ?? 0) + (round.merged ?? 0),
          records: (sum.records ?? 0) + (round.records ?? 0),
          skipped: [...(sum.skipped ?? []), ...(round.skipped ?? [])],
        }),
        onRound,
      ),
    onSettled: () => cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' }),
  });
}
