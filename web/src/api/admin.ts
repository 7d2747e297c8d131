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
  Option,
  Reference,
  Role,
  RoleDefinition,
  RoleRights,
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
    }) => api.patch(`/roles/${key}`, input),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('roles') });
      void cache.invalidateQueries({ queryKey: keys.metadata });
    },
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
}
export function useSaveField(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...input }: FieldInput & { key?: string }) =>
      key
        ? api.patch<FieldMeta>(`/fields/${object}/${key}`, input)
        : api.post<FieldMeta>('/fields', { object, ...input }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.admin('fields', object) });
      void cache.invalidateQueries({ queryKey: keys.metadata });
      void cache.invalidateQueries({ queryKey: keys.object(object) });
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
