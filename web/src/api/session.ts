import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, isReachable, setCsrf, subscribeReachable } from './client';
import { eraseDevice, eraseForeign } from './device';
import { dropDrafts } from './drafts';
import { keys } from './keys';
import type { Language, Session, SignedInDevice } from './types';

export function acceptSession(session: Session): Session {
  setCsrf(session.csrf);
  return session;
}

export async function fetchSession(signal?: AbortSignal): Promise<Session> {
  return acceptSession(await api.get<Session>('/session', { quiet: true, signal }));
}

/** The signed-in user. An ApiError 401 tells with `extra.setup` whether the server still waits for its first owner. */
export function useSession() {
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => fetchSession(signal),
    staleTime: 5 * 60_000,
    retry: false,
  });
}

/** Somebody begins to work here: what others left on the device goes first. */
function useBegin() {
  const cache = useQueryClient();
  return async (session: Session) => {
    dropDrafts(session.user.id);
    await eraseForeign(session.user.id);
    cache.setQueryData(keys.session, session);
  };
}

export function useSignIn() {
  const begin = useBegin();
  return useMutation({
    mutationFn: async (input: { email: string; password: string }) =>
      acceptSession(await api.post<Session>('/session', input, { quiet: true })),
    onSuccess: begin,
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => api.delete('/session', { quiet: true }),
    onSuccess: () => {
      dropDrafts();
      return eraseDevice();
    },
  });
}

/** Whether the one-time link that led here can still be used; asked once, before anybody fills in a form. */
export function useLinkCheck(kind: 'setup' | 'invite', token: string) {
  return useQuery({
    queryKey: [...keys.link, kind, token],
    queryFn: ({ signal }) =>
      api.post<{ valid: boolean }>(`/${kind}/check`, { token }, { quiet: true, signal }),
    select: (answer) => answer.valid,
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

export interface SetupInput {
  token: string;
  company_name: string;
  name: string;
  email: string;
  password: string;
}
export function useSetup() {
  const begin = useBegin();
  return useMutation({
    mutationFn: async (input: SetupInput) =>
      acceptSession(await api.post<Session>('/setup', input, { quiet: true })),
    onSuccess: begin,
  });
}

export function useAcceptInvite() {
  const begin = useBegin();
  return useMutation({
    mutationFn: async (input: { token: string; password: string }) =>
      acceptSession(await api.post<Session>('/invite', input, { quiet: true })),
    onSuccess: begin,
  });
}

export interface MeInput {
  name?: string;
  language?: Language;
  password?: { current: string; new: string };
}
export function useUpdateMe() {
  const cache = useQueryClient();
  return useMutation({
    // A new password makes a new session, with a token of its own.
    mutationFn: async (input: MeInput) => acceptSession(await api.patch<Session>('/me', input)),
    onSuccess: (session) => cache.setQueryData(keys.session, session),
  });
}

export function useMySessions() {
  return useQuery({
    queryKey: keys.admin('my-sessions'),
    queryFn: ({ signal }) => api.get<{ items: SignedInDevice[] }>('/me/sessions', { signal }),
    select: (answer) => answer.items,
  });
}
export function useEndSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/me/sessions/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('my-sessions') }),
  });
}

/** Whether other programs can read my calendar under a secret address. */
export interface CalendarLink {
  active: boolean;
  created_at?: string;
  last_used_at?: string;
  content?: CalendarContent;
}
/** What it holds: `customers` are the next dates of my customers, `done` tasks that are done too. */
export interface CalendarContent {
  tasks?: boolean;
  activities?: boolean;
  customers?: boolean;
  done?: boolean;
}
export function useCalendarLink() {
  return useQuery({
    queryKey: keys.admin('my-calendar'),
    queryFn: ({ signal }) => api.get<CalendarLink>('/me/calendar', { signal }),
  });
}
/** A new address, which ends the one before. The path is told once. */
export function useMakeCalendarLink() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (content: CalendarContent) => api.post<{ path: string }>('/me/calendar', { content }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('my-calendar') }),
  });
}
/** What it holds, under the same address. */
export function useChangeCalendarLink() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (content: CalendarContent) => api.patch<CalendarLink>('/me/calendar', { content }),
    onSuccess: (link) => cache.setQueryData(keys.admin('my-calendar'), link),
  });
}
export function useEndCalendarLink() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/me/calendar'),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('my-calendar') }),
  });
}

/** False while the server cannot be reached. */
export function useReachable(): boolean {
  return useSyncExternalStore(subscribeReachable, isReachable, () => true);
}
