import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { Label } from './types';

/** Something to fill in, of one of the three levels (整備度). */
export interface MaturityItem {
  key: string;
  level: 1 | 2 | 3;
  label: Label;
  fields: string[];
  /** A contact within the last year. */
  fresh: boolean;
  one_is_enough: boolean;
  missing?: number;
  /** Records that would reach the next level with it. */
  lifts?: number;
  filled?: boolean;
}

export interface LedgerMaturity {
  object: string;
  records: number;
  /** Only the newest records were looked at. */
  bounded: boolean;
  counting: boolean;
  percent: number;
  levels: { level: number; records: number; one_short: number; items?: number; may_miss?: number }[];
  items: MaturityItem[];
  next: MaturityItem | null;
  trend: { day: string; records: number; percent: number; levels?: number[] }[];
}

export interface RecordMaturity {
  level: number;
  percent: number;
  one_short: boolean;
  short_by: number;
  items: MaturityItem[];
}

export interface ShortRecord {
  id: string;
  title: string;
  level: number;
  lacks: MaturityItem[];
}

export function useMaturity(object: string | undefined) {
  return useQuery({
    queryKey: keys.maturity(object ?? ''),
    queryFn: ({ signal }) => api.get<LedgerMaturity>('/maturity', { query: { object }, signal }),
    enabled: !!object,
    refetchInterval: (query) => (query.state.data?.counting ? 2000 : false),
  });
}

export function useShortRecords(object: string, level: number, lacks: string) {
  return useQuery({
    queryKey: keys.shortRecords(object, level, lacks),
    queryFn: ({ signal }) =>
      api.get<{ items: ShortRecord[] }>('/maturity/records', {
        query: { object, level: String(level), lacks: lacks || undefined, limit: '50' },
        signal,
      }),
    select: (answer) => answer.items,
  });
}

export function useRecordMaturity(object: { key: string; plural: string }, id: string, version: number) {
  return useQuery({
    queryKey: [...keys.recordMaturity(object.key, id), version],
    queryFn: ({ signal }) => api.get<RecordMaturity>(`/${object.plural}/${id}/maturity`, { signal }),
    placeholderData: (before) => before,
  });
}
