import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { Reference } from './types';

// ご意見箱: what users write to those who administer, how it stands, and the answers.

export const feedbackKinds = ['trouble', 'wish', 'mistake', 'good'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];
export const feedbackStates = ['new', 'working', 'done', 'declined'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

export interface Feedback {
  id: string;
  at: string;
  /** For those who administer. */
  by?: Reference;
  kind: FeedbackKind;
  text: string;
  page: string;
  browser: string;
  state: FeedbackState;
  answer: string;
  version: number;
  updated_at: string;
  /** Its sender has not seen the answer. */
  unread: boolean;
  change?: string;
}
export interface NewFeedback {
  kind: FeedbackKind;
  text: string;
  page?: string;
  browser?: string;
}
interface Inbox {
  items: Feedback[];
  next?: string | null;
  counts: Record<FeedbackState, number>;
}

function useRenew() {
  const cache = useQueryClient();
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: keys.admin('feedback').slice(0, 2) }),
      cache.invalidateQueries({ queryKey: keys.session }),
    ]);
}

/** Under the same key it arrives once, however often it is sent. */
export function useSendFeedback() {
  const renew = useRenew();
  return useMutation({
    mutationFn: ({ key, ...body }: NewFeedback & { key: string }) =>
      api.post<Feedback>('/feedback', body, { headers: { 'Idempotency-Key': key } }),
    onSuccess: () => void renew(),
  });
}

export function useMyFeedback() {
  return useQuery({
    queryKey: keys.admin('feedback', 'mine'),
    queryFn: ({ signal }) => api.get<{ items: Feedback[] }>('/feedback/mine', { signal }),
    select: (answer) => answer.items,
  });
}
export function useFeedbackSeen() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/feedback/mine/seen', {}, { quiet: true }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.session }),
  });
}

export function useFeedback(state: FeedbackState | '', kind: FeedbackKind | '') {
  return useInfiniteQuery({
    queryKey: [...keys.admin('feedback', 'inbox'), state, kind],
    queryFn: ({ signal, pageParam }) =>
      api.get<Inbox>('/feedback', { query: { state, kind, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
/** Done when the inbox shows what was written. */
export function useAnswerFeedback() {
  const renew = useRenew();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; version: number; state?: FeedbackState; answer?: string }) =>
      api.patch<Feedback>(`/feedback/${id}`, body),
    onSuccess: renew,
  });
}
