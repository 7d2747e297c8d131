import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { Conflict, Problem, Reference, Values } from './types';

// What the server answers at once.
const kMostNames = 500;

export interface RowOperation {
  op: 'create' | 'update' | 'delete';
  id?: string;
  version?: number;
  values?: Values;
}
/** What became of one operation: its version now, or why not. */
export interface RowAnswer {
  ok: boolean;
  id?: string;
  version?: number;
  error?: {
    code: string;
    title: string;
    problems: Problem[];
    conflict?: { current: { id: string; version: number }; conflicts: Conflict[] };
  };
}
/** Many single changes in one request; the answers come in the order of the operations, each with its own problems.
 *  `change` takes all of them back. */
export async function sendRows(
  object: ObjectRef,
  operations: RowOperation[],
  /** Sent again under the same key it is done once, also when the first answer was lost. */
  idempotencyKey?: string,
  /** Typed into the cells of a list, for the history. */
  entry?: 'sheet',
): Promise<{ answers: RowAnswer[]; change: string | undefined }> {
  const body = new Blob([operations.map((operation) => JSON.stringify(operation)).join('\n')]);
  let change: string | undefined;
  const answers = await api.upload<RowAnswer[]>(`/${object.plural}/batch`, body, {
    headers: {
      'Content-Type': 'application/x-ndjson',
      Accept: 'application/x-ndjson',
      ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
      ...(entry ? { 'X-Entry': entry } : {}),
    },
    onHeaders: (headers) => {
      change = headers.get('x-change') ?? undefined;
    },
  });
  return { answers, change };
}

/** Makes several records; those that cannot be made are among the answers with their problems. */
export function useCreateRecords(object: ObjectRef) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (all: Values[]) =>
      sendRows(
        object,
        all.map((values) => ({ op: 'create', values })),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.object(object.key) }),
  });
}

/** Which records are called so, however it is written: at most two of each name. */
export async function fetchNamed(object: ObjectRef, names: string[]): Promise<Map<string, Reference[]>> {
  const found = new Map<string, Reference[]>();
  for (let at = 0; at < names.length; at += kMostNames) {
    const answer = await api.post<{ items: { name: string; found: Reference[] }[] }>(
      `/${object.plural}/named`,
      { names: names.slice(at, at + kMostNames) },
    );
    for (const each of answer.items) found.set(each.name, each.found);
  }
  return found;
}
