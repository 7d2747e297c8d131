import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type {
  ApiToken,
  CompanySettings,
  FieldKind,
  FieldMeta,
  FieldRight,
  Label,
  Layout,
  ObjectSetting,
  Option,
  Reference,
  Role,
  RoleDefinition,
  RoleRights,
  Rollup,
  User,
} from './types';

function useItems<T>(what: string, path: string, of = '', enabled = true) {
  return useQuery({
    queryKey: keys.admin(what, of),
    queryFn: ({ signal }) =>
      api.get<{ items: T[] }>(path, { query: of ? { object: of } : undefined, signal }),
    select: (answer) => answer.items,
    enabled,
  });
}

export const useUsers = () => useItems<User>('users', '/users');
export const useTeams = () => useItems<Reference>('teams', '/teams');
export const useRoles = () => useItems<RoleDefinition>('roles', '/roles');
export const useTokens = () => useItems<ApiToken>('tokens', '/tokens');
export const useFieldsOf = (object: string) =>
  useItems<FieldMeta>('fields', '/fields', object, object !== '');

export interface UserInput {
  name?: string;
  email?: string;
  role?: Role;
  team_ids?: string[];
  disabled?: boolean;
}
/** Without `id` a new user: the answer then holds the link to send to them. */
export function useSaveUser() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...input }: UserInput & { id?: string }): Promise<{ invite?: string }> => {
      if (!id) return api.post<{ user: User; invite?: string }>('/users', input);
      await api.patch(`/users/${id}`, input);
      return {};
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('users') });
      void cache.invalidateQueries({ queryKey: ['user-options'] });
    },
  });
}

/** A new link for someone who lost the invitation or the password. */
export function useInviteAgain() {
  return useMutation({ mutationFn: (id: string) => api.post<{ invite: string }>(`/users/${id}/invite`) });
}

export function useSaveTeam() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id?: string; title: string }) =>
      id ? api.patch(`/teams/${id}`, { title }) : api.post('/teams', { title }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('teams') });
      void cache.invalidateQueries({ queryKey: keys.teamOptions });
    },
  });
}
export function useDeleteTeam() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/teams/${id}`),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('teams') });
      void cache.invalidateQueries({ queryKey: keys.teamOptions });
    },
  });
}

export function useSaveRole() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({
      key,
      ...input
    }: {
      key: string;
      objects?: Record<string, RoleRights>;
      fields?: Record<string, FieldRight | null>;
      /** null: as the fields say. */
      layouts?: Record<string, Layout | null>;
    }) => api.patch(`/roles/${key}`, input),
    // Done when what is stored is shown, so that nothing falls back to the state before for a moment.
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.admin('roles') }),
        cache.invalidateQueries({ queryKey: keys.metadata }),
      ]),
  });
}

export function useCreateToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; scopes: string[]; expires_at?: string | null }) =>
      api.post<{ token: string }>('/tokens', input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('tokens') }),
  });
}
export function useDeleteToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/tokens/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('tokens') }),
  });
}

export interface FieldInput {
  label?: Label;
  kind?: FieldKind;
  help?: Label;
  required?: boolean;
  hidden?: boolean;
  in_list?: boolean;
  section?: string;
  position?: number;
  target?: string;
  options?: Option[];
  formula?: string;
  rollup?: Rollup;
}

/** What a formula or a roll-up would give, or what is wrong with it. */
export interface ComputedTry {
  ok: boolean;
  kind?: FieldKind;
  natural_kind?: FieldKind;
  kinds?: FieldKind[];
  shown?: string;
  at_read?: boolean;
  examples?: { id: string; title: string; value: unknown; text: string }[];
  problem?: { code: string; message: string; at: number; length: number };
}
export interface ComputedInput {
  object: string;
  key?: string;
  kind?: string;
  formula?: string;
  rollup?: Rollup;
}
/** An answer with the formula that its places are in; empty for a roll-up. */
export interface TriedComputed extends ComputedTry {
  source: string;
}
/** Asks anew for each other input; what is shown meanwhile is the answer before. */
export function useTryComputed(input: ComputedInput, enabled: boolean) {
  return useQuery({
    queryKey: keys.admin('computed', JSON.stringify(input)),
    queryFn: async ({ signal }): Promise<TriedComputed> => ({
      ...(await api.post<ComputedTry>('/fields/check', input, { signal })),
      source: input.formula ?? '',
    }),
    placeholderData: (before) => before,
    enabled,
    gcTime: 60_000,
    retry: false,
  });
}

export interface FormulaFunction {
  name: string;
  ja: string;
  usage: string;
  help: Label;
}
export const useFormulaFunctions = () => useItems<FormulaFunction>('formula-functions', '/fields/functions');
/** The field as it is now, and what undo takes back. */
type SavedField = FieldMeta & { change: string };

export function useSaveField(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...input }: FieldInput & { key?: string }) =>
      key
        ? api.patch<SavedField>(`/fields/${object}/${key}`, input)
        : api.post<SavedField>('/fields', { object, ...input }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('fields', object) });
      void cache.invalidateQueries({ queryKey: keys.metadata });
      void cache.invalidateQueries({ queryKey: keys.object(object) });
    },
  });
}

/** What is kept here, in the order of the navigation; what is not used too. */
export const useObjectSettings = () => useItems<ObjectSetting>('objects', '/objects');

export interface ObjectChange {
  key: string;
  /** null: as in the product. */
  label?: Label | null;
  plural_label?: Label | null;
  hidden?: boolean;
  position?: number;
  /** Of own ones only. */
  icon?: string;
  in_navigation?: boolean;
}
export interface NewObject {
  label: Label;
  icon: string;
  /** Keys of the customers it belongs to. */
  links: string[];
  in_navigation: boolean;
}
/** Done when the screens know the new object. */
export function useCreateObject() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: NewObject) =>
      api.post<{ items: ObjectSetting[]; key: string; change: string }>('/objects', input),
    onSuccess: (answer) => {
      cache.setQueryData(keys.admin('objects'), { items: answer.items });
      void cache.invalidateQueries({ queryKey: keys.admin('roles') });
      return cache.invalidateQueries({ queryKey: keys.metadata });
    },
  });
}
/** Several changes are one to undo. */
export function useSaveObjects() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (items: ObjectChange[]) =>
      api.patch<{ items: ObjectSetting[]; change: string }>('/objects', { items }),
    onSuccess: (answer) => {
      cache.setQueryData(keys.admin('objects'), { items: answer.items });
      void cache.invalidateQueries({ queryKey: keys.metadata });
    },
  });
}

/** What POST /definitions takes: all of it is one change, or nothing is changed. */
export interface Definitions {
  objects: Record<string, unknown>[];
  fields: Record<string, unknown>[];
  field_changes: Record<string, unknown>[];
  object_changes: ObjectChange[];
}
/** Done when the screens know what changed. */
export function useChangeDefinitions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (definitions: Definitions) => api.post<{ change: string }>('/definitions', definitions),
    onSuccess: async () => {
      void cache.invalidateQueries({ queryKey: ['admin'] });
      await cache.invalidateQueries({ queryKey: keys.metadata });
    },
  });
}

export function useCompanySettings({ staleTime = 0 }: { staleTime?: number } = {}) {
  return useQuery({
    staleTime,
    queryKey: keys.admin('settings'),
    queryFn: ({ signal }) => api.get<CompanySettings>('/settings', { signal }),
  });
}
export function useSaveCompanySettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: CompanySettings) => api.patch('/settings', input),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('settings') });
      void cache.invalidateQueries({ queryKey: keys.session });
    },
  });
}
