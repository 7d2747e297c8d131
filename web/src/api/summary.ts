import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, buildUrl } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { FieldValue, ListQuery } from './types';

// Counts and sums of a list, by the values of a field.

export interface SummaryNumbers {
  count: number;
  /** By the key of the field. */
  sums: Record<string, number>;
}
export interface Summary extends SummaryNumbers {
  /** The largest first. */
  groups: (SummaryNumbers & { value: FieldValue })[];
  /** What did not fit into the groups. */
  others?: SummaryNumbers & { groups: number };
  /** False when there is more than was counted. */
  exact: boolean;
}

export interface SummaryQuestion extends Pick<ListQuery, 'filter' | 'q'> {
  group?: string;
  sum?: string[];
}

// As of lists: a longer address may be refused on the way.
const longestQuery = 1500;

/** Loads again with the lists of the object. */
export function summaryOfList(object: ObjectRef, question: SummaryQuestion) {
  const { group, sum, filter, q } = question;
  return {
    queryKey: [...keys.lists(object.key), 'summary', question],
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const query = {
        group,
        sum: sum?.join(',') || undefined,
        filter: filter ? JSON.stringify(filter) : undefined,
        q,
      };
      const path = `/${object.plural}/summary`;
      if (buildUrl('', query).length > longestQuery) return api.post<Summary>(path, question, { signal });
      return api.get<Summary>(path, { query, signal });
    },
  };
}

export function useListSummary(object: ObjectRef, question: SummaryQuestion) {
  return useQuery({ ...summaryOfList(object, question), placeholderData: keepPreviousData });
}
