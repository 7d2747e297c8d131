import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { Reference, Role } from './types';

// 使い方の見張り: who enters, by which road, where forms are left, and which fields stay empty.

export type UseState = 'invited' | 'absent' | 'watching' | 'reading' | 'active' | 'quiet' | 'stopped';
export type Road = 'screen' | 'sheet' | 'phone' | 'import' | 'api';

export interface UsageEntry {
  object: string;
  road: Road;
  made: number;
  changed: number;
  removed: number;
}
export interface UsageOfUser {
  user: Reference;
  role: Role;
  team_ids: string[];
  created_at?: string | null;
  last_seen_at?: string | null;
  last_entry_at?: string | null;
  state: UseState;
  /** Days since the last entry; -1: none in sixteen weeks. */
  silent_days: number;
  a_week_before: number;
  /** More was entered than was counted. */
  bounded: boolean;
  /** Entries a day, the last is today. */
  days: number[];
  /** Of these days. */
  entries: UsageEntry[];
  notes: { object: string; count: number; median_minutes: number }[];
}
export interface Usage {
  today: string;
  /** When the first thing was entered; null in an empty ledger. */
  since?: string | null;
  users: UsageOfUser[];
}
export interface FormCounts {
  object: string;
  opened: number;
  saved: number;
  left: number;
  fields: { field: string; left: number }[];
}
export interface FieldUse {
  object: string;
  /** Records that were looked at. */
  of: number;
  bounded: boolean;
  fields: { field: string; filled: number }[];
}

export function useUsage() {
  return useQuery({
    queryKey: keys.admin('usage'),
    queryFn: ({ signal }) => api.get<Usage>('/usage', { signal }),
  });
}
export function useFormCounts() {
  return useQuery({
    queryKey: keys.admin('usage-forms'),
    queryFn: ({ signal }) => api.get<{ items: FormCounts[] }>('/usage/forms', { signal }),
    select: (answer) => answer.items,
  });
}
export function useFieldUse(object: string) {
  return useQuery({
    queryKey: keys.admin('usage-fields', object),
    queryFn: ({ signal }) => api.get<FieldUse>('/usage/fields', { query: { object }, signal }),
    enabled: object !== '',
  });
}
