import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

// Sample customers to look around with. The owner alone puts them in and takes them away.

export interface SampleState {
  records: number;
  /** There is no customer yet. */
  possible: boolean;
}
export interface SampleChange {
  change: string;
  records: number;
}

export function useSample(enabled: boolean) {
  return useQuery({
    queryKey: keys.sample,
    queryFn: ({ signal }) => api.get<SampleState>('/sample', { signal }),
    enabled,
  });
}

// Nearly everything on the screen is different afterwards.
export function usePutSample() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<SampleChange>('/sample'),
    onSettled: () => void cache.invalidateQueries(),
  });
}
export function useClearSample() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<SampleChange>('/sample'),
    onSettled: () => void cache.invalidateQueries(),
  });
}
