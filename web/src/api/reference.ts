import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { PostalState, RecordData } from './types';

/** Which table of postal codes is in use. */
export function usePostalState() {
  return useQuery({
    queryKey: keys.reference('postal'),
    queryFn: ({ signal }) => api.get<PostalState>('/reference/postal', { signal }),
  });
}

export function useLoadPostal() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => api.upload<PostalState>('/reference/postal', file),
    onSuccess: (state) => {
      cache.setQueryData(keys.reference('postal'), state);
      void cache.invalidateQueries({ queryKey: ['postal'] });
    },
  });
}

export function useClearPostal() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>('/reference/postal'),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.reference('postal') });
      void cache.invalidateQueries({ queryKey: ['postal'] });
    },
  });
}

/** A company as the public register has it. */
export interface RegisteredCompany {
  number: string;
  name: string;
  name_kana: string;
  postal_code: string;
  prefecture: string;
  city: string;
  street: string;
  building: string;
  updated_on: string;
  closed_on?: string;
  closed_because?: string;
  successor?: { number: string; name: string };
}

export interface RegisterState {
  load: {
    status: 'idle' | 'running' | 'done' | 'failed';
    file?: string;
    rows?: number;
    percent?: number;
    error?: string;
    line?: string;
  };
  files: { name: string; rows: number; complete: boolean; loaded_at: string }[];
  empty: boolean;
  newest?: string;
}

export interface RegisterCheckState {
  status: 'never' | 'running' | 'done' | 'failed';
  may_check: boolean;
  empty: boolean;
  companies?: number;
  proposals?: number;
  finished_at?: string;
}

export type RegisterMatter = 'number' | 'name' | 'address' | 'closed';

export interface RegisterProposal {
  company: RecordData;
  matter: RegisterMatter;
  number: string;
  percent?: number;
  source_on: string;
  reasons: { code: string; text: string }[];
  registered: RegisteredCompany;
  changes: { field: string; old: string; new: string }[];
}

export interface RegisterAccepted {
  accepted: number;
  out_of_date: number;
  more: boolean;
  /** May not be saved so: a rule of the company, somebody else's record. */
  refused: number;
  problems: { id: string; title: string; message: string }[];
  /** Where "all" goes on. */
  next: string | null;
  change?: string;
}

export function useRegistered(number: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.reference(`number ${number}`),
    queryFn: ({ signal }) => api.get<{ items: RegisteredCompany[] }>(`/register/${number}`, { signal }),
    select: (answer) => answer.items[0],
    enabled,
    retry: false,
    staleTime: 600_000,
  });
}

export function useRegisteredByName(name: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.reference(`name ${name}`),
    queryFn: ({ signal }) =>
      api.get<{ items: RegisteredCompany[] }>('/register', { query: { name }, signal }),
    select: (answer) => answer.items,
    enabled,
    retry: false,
    staleTime: 600_000,
  });
}

/** Which files of the register are in; while one is loaded it is read again every second. */
export function useRegisterState() {
  return useQuery({
    queryKey: keys.reference('register'),
    queryFn: ({ signal }) => api.get<RegisterState>('/reference/register', { signal }),
    refetchInterval: (query) => (query.state.data?.load.status === 'running' ? 1000 : false),
  });
}

export function useLoadRegister() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      api.upload<RegisterState>('/reference/register', file, { query: { name: file.name } }),
    onSuccess: (state) => {
      cache.setQueryData(keys.reference('register'), state);
      void cache.invalidateQueries({ queryKey: ['reference'] });
    },
  });
}

/** How the last comparison went; while one runs it is read again every second. */
export function useRegisterCheck() {
  const cache = useQueryClient();
  return useQuery({
    queryKey: keys.reference('check'),
    queryFn: async ({ signal }) => {
      const before = cache.getQueryData<RegisterCheckState>(keys.reference('check'));
      const now = await api.get<RegisterCheckState>('/register/check', { signal });
      if (before?.status === 'running' && now.status !== 'running')
        void cache.invalidateQueries({ queryKey: keys.object('company') });
      return now;
    },
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 1000 : false),
  });
}

export function useStartRegisterCheck() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<RegisterCheckState>('/register/check', {}),
    onSuccess: (state) => cache.setQueryData(keys.reference('check'), state),
  });
}

/** What the register proposes, the likeliest first. Under the companies: what changes them changes it. */
export function useRegisterProposals(matter: RegisterMatter, decision: 'open' | 'refused') {
  return useInfiniteQuery({
    queryKey: [...keys.object('company'), 'register', matter, decision],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: RegisterProposal[]; next: string | null }>('/register/proposals', {
        query: { matter, decision, after: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (answer) => answer.pages.flatMap((page) => page.items),
  });
}

const itemOf = (proposal: RegisterProposal) => ({
  company: proposal.company.id,
  matter: proposal.matter,
  number: proposal.number,
});

export function useAcceptProposals() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (
      what: RegisterProposal[] | { matter: RegisterMatter; least_percent: number; after?: string },
    ) =>
      api.post<RegisterAccepted>(
        '/register/proposals/accept',
        Array.isArray(what) ? { items: what.map(itemOf) } : { all: true, ...what },
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.object('company') }),
  });
}

export function useRefuseProposal() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ proposal, refused }: { proposal: RegisterProposal; refused: boolean }) =>
      api.patch<void>('/register/proposals', {
        items: [itemOf(proposal)],
        decision: refused ? 'refused' : 'open',
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.object('company') }),
  });
}
