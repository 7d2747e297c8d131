import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { RecordData, Values } from './types';

export type PairDecision = 'open' | 'different' | 'later';

/** Two records that may be one. */
export interface DuplicatePair {
  a: RecordData;
  b: RecordData;
  /** How likely, 1 to 99. */
  percent: number;
  reasons: { code: string; field: string; agrees: boolean; text: string }[];
  decision: PairDecision;
  found_at: string;
}

export interface DuplicateScan {
  status: 'never' | 'running' | 'done' | 'failed' | 'cancelled';
  may_scan: boolean;
  /** What changed is being looked through; only the owner is told. */
  checking?: boolean;
  records?: number;
  pairs?: number;
  /** Of the work of the scan that runs. */
  percent?: number;
  seconds_left?: number;
  started_at?: string;
  finished_at?: string;
}

/** Pairs of an object, the likeliest first; more pages on demand. */
export function usePairs(object: string | undefined, decision: PairDecision) {
  return useInfiniteQuery({
    queryKey: keys.pairs(object ?? '', decision),
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: DuplicatePair[]; next: string | null }>('/duplicates', {
        query: { object, decision, after: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: !!object,
    select: (answer) => answer.pages.flatMap((page) => page.items),
  });
}

const goesOn = (scan?: DuplicateScan) => scan?.status === 'running' || scan?.checking === true;

/** How the last scan went. While one runs, or changes are looked through, it is read again every second, and the queue at the end. */
export function useDuplicateScan(object: string | undefined) {
  const cache = useQueryClient();
  return useQuery({
    queryKey: keys.scan(object ?? ''),
    queryFn: async ({ signal }) => {
      const before = cache.getQueryData<DuplicateScan>(keys.scan(object ?? ''));
      const now = await api.get<DuplicateScan>('/duplicates/scan', { query: { object }, signal });
      // Also when nothing was going on before: a change may have been looked through between two questions.
      if (before && !goesOn(now)) void cache.invalidateQueries({ queryKey: keys.queue(object ?? '') });
      return now;
    },
    enabled: !!object,
    refetchInterval: (query) => (goesOn(query.state.data) ? 1000 : false),
  });
}

export function useStartScan(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<DuplicateScan>('/duplicates/scan', {}, { query: { object } }),
    onSuccess: (scan) => cache.setQueryData(keys.scan(object), scan),
  });
}

export interface DecideInput {
  pairs: DuplicatePair[];
  decision: PairDecision;
  /** A change of one of the records that goes with the decision. */
  set?: { id: string; values: Values };
}

export function useCancelScan(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<DuplicateScan>('/duplicates/scan', { query: { object } }),
    onSuccess: (scan) => cache.setQueryData(keys.scan(object), scan),
  });
}

export function useDecide(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ pairs, decision, set }: DecideInput) =>
      api.patch<{ change: string }>(
        '/duplicates',
        { pairs: pairs.map((pair) => ({ a: pair.a.id, b: pair.b.id })), decision, set },
        { query: { object } },
      ),
    onSuccess: (_answer, { set }) =>
      cache.invalidateQueries({ queryKey: set ? keys.object(object) : keys.queue(object) }),
  });
}
