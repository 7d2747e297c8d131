import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type {
  ChangeItem,
  PostalAddress,
  PostalMatch,
  RecentItem,
  Reference,
  SearchHit,
  SplitAddress,
  View,
  ViewState,
} from './types';

export function fetchSearch(q: string, objects?: string[], limit = 20, signal?: AbortSignal) {
  return api.get<{ items: SearchHit[]; more: boolean }>('/search', {
    query: { q, objects: objects?.join(','), limit },
    signal,
  });
}

/** The users whose name holds the text. */
export async function fetchUserOptions(
  q: string,
  limit?: number,
  signal?: AbortSignal,
): Promise<Reference[]> {
  return (await api.get<{ items: Reference[] }>('/users/options', { query: { q, limit }, signal })).items;
}

/** Search over everything the caller may see. The caller debounces `q`; an empty one asks nothing. */
export function useSearch(q: string, { objects, limit = 20 }: { objects?: string[]; limit?: number } = {}) {
  return useQuery({
    queryKey: keys.search(q, objects, limit),
    queryFn: ({ signal }) => fetchSearch(q, objects, limit, signal),
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
    queryFn: ({ signal }) => fetchUserOptions(q, undefined, signal),
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

/** Postal codes that a place may have, best first. */
export function usePostalOf(place: { prefecture: string; city: string; street: string }, enabled: boolean) {
  return useQuery({
    queryKey: keys.postalOf(place.prefecture, place.city, place.street),
    queryFn: ({ signal }) => api.get<{ items: PostalMatch[] }>('/postal', { query: place, signal }),
    select: (answer) => answer.items,
    enabled,
    retry: false,
    staleTime: 600_000,
  });
}

/** How a name is probably read; empty when nobody can say. */
export function useReading(part: 'company' | 'family' | 'given', name: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.reading(part, name),
    queryFn: ({ signal }) =>
      api.get<{ available: boolean; company?: string; family?: string; given?: string }>('/readings', {
        query: { [part]: name },
        signal,
      }),
    select: (answer) => answer[part] ?? '',
    enabled,
    retry: false,
    staleTime: 600_000,
  });
}

/** National holidays by date: of the year, and of what a calendar shows around it. */
export function useHolidays(year: number) {
  return useQuery({
    queryKey: keys.holidays(year),
    queryFn: ({ signal }) =>
      api.get<{ holidays: { date: string; name: string }[] }>('/calendar', {
        query: { from: `${year - 1}-12-01`, to: `${year + 1}-01-31` },
        signal,
      }),
    select: (answer) => new Map(answer.holidays.map((each) => [each.date, each.name])),
    enabled: year >= 1981 && year < 2099,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** An address in one line, taken apart. */
export function useSplitAddress(text: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.split(text),
    queryFn: ({ signal }) => api.get<SplitAddress>('/addresses', { query: { text }, signal }),
    enabled,
    retry: false,
    staleTime: 600_000,
  });
}

/** The saved views of an object, for useQuery or several at once. */
export function viewsQuery(object: string) {
  return {
    queryKey: keys.views(object),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<{ items: View[] }>('/views', { query: { object }, signal }),
    staleTime: 60_000,
  };
}

export function useViews(object: string) {
  return useQuery({ ...viewsQuery(object), select: (answer) => answer.items });
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
