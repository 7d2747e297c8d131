import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, buildUrl } from './client';
import { keys } from './keys';
import type { Values } from './types';

/** What was read somewhere on a card. `box` is left, top, width, height in pixels of its picture. */
export interface CardReading {
  key: string;
  value: string;
  confidence: number;
  box?: [number, number, number, number];
}

export interface ScannedCard {
  number: number;
  status: 'open' | 'saving' | 'saved' | 'skipped';
  title: string;
  subtitle: string;
  record?: string;
  width?: number;
  height?: number;
  fields?: CardReading[];
  lines?: string[];
}

/** A photo of business cards and what was read on it. */
export interface CardScan {
  id: string;
  name: string;
  status: 'reading' | 'ready' | 'failed';
  created_at: string;
  recognized: boolean;
  failure?: { code: string; message: string };
  progress?: { done: number; total: number };
  cards: ScannedCard[];
}

export interface CardSave {
  values: Values;
  company: string | null;
  person: string | null;
  update_person: boolean;
}

export interface SavedCard {
  change: string;
  business_card: string;
  person: string | null;
  company: string | null;
}

/** Photos, newest first; while one is read they are read again every second. */
export function useCardScans() {
  return useQuery({
    queryKey: keys.cardScans,
    queryFn: ({ signal }) => api.get<{ items: CardScan[] }>('/cards', { signal }),
    select: (answer) => answer.items,
    refetchInterval: (query) =>
      query.state.data?.items.some((scan) => scan.status === 'reading') ? 1000 : false,
  });
}

export function useCardScan(id: string) {
  return useQuery({
    queryKey: keys.cardScan(id),
    queryFn: ({ signal }) => api.get<CardScan>(`/cards/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'reading' ? 1000 : false),
  });
}

export function useUploadCard() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => api.upload<CardScan>('/cards', file, { query: { name: file.name } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.cardScans, exact: true }),
  });
}

export function useSaveCard(id: string, number: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (card: CardSave) => api.post<SavedCard>(`/cards/${id}/${number}/save`, card),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.cardScans });
      void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' });
    },
  });
}

/** Puts a card aside, or takes it up again. */
export function useSkipCard(id: string, number: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (skipped: boolean) =>
      api.post<CardScan>(`/cards/${id}/${number}/${skipped ? 'skip' : 'reopen'}`),
    onSuccess: (scan) => {
      cache.setQueryData(keys.cardScan(id), scan);
      void cache.invalidateQueries({ queryKey: keys.cardScans, exact: true });
    },
  });
}

export function useDeleteCardScan() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/cards/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.cardScans, exact: true }),
  });
}

export function cardImageUrl(id: string, number: number): string {
  return buildUrl(`/cards/${id}/${number}/image`);
}
