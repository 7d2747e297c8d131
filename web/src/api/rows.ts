import { api } from './client';
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
): Promise<{ answers: RowAnswer[]; change: string | undefined }> {
  const body = new Blob([operations.map((operation) => JSON.stringify(operation)).join('\n')]);
  let change: string | undefined;
  const answers = await api.upload<RowAnswer[]>(`/${object.plural}/batch`, body, {
    headers: {
      'Content-Type': 'application/x-ndjson',
      Accept: 'application/x-ndjson',
      ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
    },
    onHeaders: (headers) => {
      change = headers.get('x-change') ?? undefined;
    },
  });
  return { answers, change };
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
