import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ChangeItem, PostalAddress, RecentItem, Reference, SearchHit, View, ViewState } from './types';

/** Search over everything the caller may see. The caller debounces `q`; an empty one asks nothing. */
export function useSearch(q: string, { objects, limit = 20 }: { objects?: string[]; limit?: number } = {}) {
  return useQuery({
    queryKey: keys.search(q, objects, limit),
    queryFn: ({ signal }) =>
      api.get<{ items: SearchHit[]; more: boolean }>('/search', {
        query: { q, objects: objects?.join(','), limit },
        signal,
      }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

export function useRecent(enabled = true) {
  return useQuery({
    queryKey: keys.recent,
    queryFn: ({ signal }) => api.get<{ items: RecentItem[] }>('/recent', { signal }),
    select: (answer) => answer.items,
    enabled,
  });
}

export function useChanges(limit = 20) {
  return useQuery({
    queryKey: [...keys.changes, limit],
    queryFn: ({ signal }) => api.get<{ items: ChangeItem[] }>('/changes', { query: { limit }, signal }),
    select: (answer) => answer.items,
  });
}

export function useUserOptions(q = '', enabled = true) {
  return useQuery({
    queryKey: keys.userOptions(q),
    queryFn: ({ signal }) => api.get<{ items: Reference[] }>('/users/options', { query: { q }, signal }),
    select: (answer) => answer.items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  });
}

export function useTeamOptions(enabled = true) {
  return useQuery({
    queryKey: keys.teamOptions,
    queryFn: ({ signal }) => api.get<{ items: Reference[] }>('/teams/options', { signal }),
    select: (answer) => answer.items,
    staleTime: 60_000,
    enabled,
  });
}

export function useTags(object: string, q: string, enabled = true) {
  return useQuery({
    queryKey: keys.tags(object, q),
    queryFn: ({ signal }) => api.get<{ items: string[] }>('/tags', { query: { object, q }, signal }),
    select: (answer) => answer.items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  });
}

export function fetchPostal(code: string, signal?: AbortSignal): Promise<{ items: PostalAddress[] }> {
  return api.get(`/postal/${encodeURIComponent(code)}`, { signal });
}

export function useViews(object: string) {
  return useQuery({
    queryKey: keys.views(object),
    queryFn: ({ signal }) => api.get<{ items: View[] }>('/views', { query: { object }, signal }),
    select: (answer) => answer.items,
    staleTime: 60_000,
  });
}

export interface ViewInput {
  name?: string;
  shared?: boolean;
  position?: number;
  state?: ViewState;
}
export function useSaveView(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: ViewInput & { id?: string }) =>
      id
        ? api.patch<View>(`/views/${id}`, input)
        : api.post<View>('/views', { object, ...input }, { query: { object } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.views(object) }),
  });
}
export function useDeleteView(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/views/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.views(object) }),
  });
}
