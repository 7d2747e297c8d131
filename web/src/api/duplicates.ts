import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { RecordData } from './types';

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
  status: 'never' | 'running' | 'done' | 'failed';
  may_scan: boolean;
  records?: number;
  pairs?: number;
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

/** How the last scan went; while one runs it is read again every second. */
export function useDuplicateScan(object: string | undefined) {
  const cache = useQueryClient();
  return useQuery({
    queryKey: keys.scan(object ?? ''),
    queryFn: async ({ signal }) => {
      const before = cache.getQueryData<DuplicateScan>(keys.scan(object ?? ''));
      const now = await api.get<DuplicateScan>('/duplicates/scan', { query: { object }, signal });
      if (before?.status === 'running' && now.status !== 'running')
        void cache.invalidateQueries({ queryKey: keys.queue(object ?? '') });
      return now;
    },
    enabled: !!object,
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 1000 : false),
  });
}

export function useStartScan(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<DuplicateScan>('/duplicates/scan', {}, { query: { object } }),
    onSuccess: (scan) => cache.setQueryData(keys.scan(object), scan),
  });
}

export function useDecide(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ pairs, decision }: { pairs: DuplicatePair[]; decision: PairDecision }) =>
      api.patch<void>(
        '/duplicates',
        { pairs: pairs.map((pair) => ({ a: pair.a.id, b: pair.b.id })), decision },
        { query: { object } },
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.queue(object) }),
  });
}
