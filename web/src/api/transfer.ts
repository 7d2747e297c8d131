import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { RecordWritten, Values } from './types';

/** What is open at the company that a person would leave, and stays there. */
export interface OpenWork {
  object: string;
  id: string;
  title: string;
}

export function useOpenWork(object: ObjectRef, id: string) {
  return useQuery({
    queryKey: [...keys.record(object.key, id), 'transfer'],
    queryFn: ({ signal }) => api.get<{ open: OpenWork[] }>(`/${object.plural}/${id}/transfer`, { signal }),
    select: (answer) => answer.open,
  });
}

export interface TransferInput {
  values: Values;
  on: string;
  successor?: string;
  version: number;
}
export function useTransfer(object: ObjectRef, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: TransferInput) =>
      api.post<RecordWritten & { taken_over: number }>(`/${object.plural}/${id}/transfer`, input),
    // Both companies, notes on their timelines, deals and tasks.
    onSuccess: () => cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' }),
  });
}
