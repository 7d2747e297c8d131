import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, isReachable, setCsrf, subscribeReachable } from './client';
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

export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (input: { email: string; password: string }) =>
      acceptSession(await api.post<Session>('/session', input, { quiet: true })),
    onSuccess: (session) => cache.setQueryData(keys.session, session),
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => api.delete('/session', { quiet: true }) });
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
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (input: SetupInput) =>
      acceptSession(await api.post<Session>('/setup', input, { quiet: true })),
    onSuccess: (session) => cache.setQueryData(keys.session, session),
  });
}

export function useAcceptInvite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (input: { token: string; password: string }) =>
      acceptSession(await api.post<Session>('/invite', input, { quiet: true })),
    onSuccess: (session) => cache.setQueryData(keys.session, session),
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

/** False while the server cannot be reached. */
export function useReachable(): boolean {
  return useSyncExternalStore(subscribeReachable, isReachable, () => true);
}
