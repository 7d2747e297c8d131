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

/** x and y of four corners, clockwise from the card's top left, in ten thousandths of its photo. */
export type CardCorners = number[];

export interface ScannedCard {
  number: number;
  /** reading: once more, between corners that somebody drew. */
  status: 'open' | 'saving' | 'saved' | 'skipped' | 'reading';
  title: string;
  subtitle: string;
  corners: CardCorners;
  failure?: { code: string; message: string };
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
  /** Whether the whole photo is still there. */
  photo?: boolean;
  cards: ScannedCard[];
}

function isRead(scan: CardScan | undefined): boolean {
  return scan?.status === 'reading' || !!scan?.cards.some((card) => card.status === 'reading');
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
    refetchInterval: (query) => (query.state.data?.items.some(isRead) ? 1000 : false),
  });
}

export function useCardScan(id: string) {
  return useQuery({
    queryKey: keys.cardScan(id),
    queryFn: ({ signal }) => api.get<CardScan>(`/cards/${id}`, { signal }),
    refetchInterval: (query) => (isRead(query.state.data) ? 1000 : false),
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

/** Reads what lies between these corners of the photo: as this card, or without a number as one more. */
export function useCutCard(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ number, corners }: { number?: number; corners: CardCorners }) =>
      api.post<CardScan>(`/cards/${id}${number ? `/${number}` : ''}/cut`, { corners }),
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

/** Another address once it was cut in another way, so that no old picture is shown. */
export function cardImageUrl(id: string, { number, corners, status }: ScannedCard): string {
  return buildUrl(`/cards/${id}/${number}/image`, {
    cut: status === 'reading' ? undefined : corners.join('.'),
  });
}

export function cardPhotoUrl(id: string): string {
  return buildUrl(`/cards/${id}/photo`);
}
