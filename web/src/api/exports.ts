import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, buildUrl, errorOf } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { Filter, ListQuery, Reference } from './types';

export type ExportFormat = 'csv' | 'tsv' | 'xlsx' | 'jsonl' | 'vcard';

export interface ExportInput extends ListQuery {
  format: ExportFormat;
  encoding?: 'cp932' | 'utf-8-bom' | 'utf-8';
  vcard?: '4.0' | '3.0';
  /** A workbook that is compared when it comes back. */
  roundTrip?: boolean;
}

export interface ExportEvent {
  id: string;
  object?: string;
  by: Reference;
  at: string;
  rows?: number;
  format: string;
  status: 'running' | 'done' | 'cut';
  kind: 'list' | 'round_trip' | 'all' | 'calendar';
  encoding?: string;
  filter?: Filter;
  filter_hidden?: boolean;
  q?: string;
  fields?: string[];
  source?: string;
  ended_at?: string;
  replaced: number;
  truncated?: number;
  texts?: { id?: string; title?: string; field: string; from: string; to: string }[];
}

export function exportUrl(object: ObjectRef, input: ExportInput): string {
  return buildUrl(`/${object.plural}/export`, {
    format: input.format,
    encoding: input.encoding,
    vcard: input.vcard,
    round_trip: input.roundTrip,
    filter: input.filter ? JSON.stringify(input.filter) : undefined,
    sort: input.sort,
    fields: input.fields?.join(','),
    q: input.q,
    deleted: input.deleted,
  });
}

export const exportAllUrl = buildUrl('/export-all');

function fileName(response: Response): string {
  const header = response.headers.get('content-disposition') ?? '';
  const wide = /filename\*=UTF-8''([^;]+)/.exec(header)?.[1];
  return wide ? decodeURIComponent(wide) : (/filename="([^"]+)"/.exec(header)?.[1] ?? 'export');
}

/** Loads a file of the server and hands it to the person; `onBytes` is told how much has come. */
export async function downloadExport(
  url: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ExportEvent | undefined> {
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok) throw await errorOf(response);
  const pieces: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    pieces.push(piece.value);
    bytes += piece.value.length;
    onBytes(bytes);
  }
  const address = URL.createObjectURL(
    new Blob(pieces, { type: response.headers.get('content-type') ?? 'application/octet-stream' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(response);
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  const id = response.headers.get('x-export-id');
  return id ? api.get<ExportEvent>(`/exports/${id}`, { signal }) : undefined;
}

/** Who took what out, newest first. */
export function useExports() {
  const found = useInfiniteQuery({
    queryKey: keys.exports,
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: ExportEvent[]; next?: string }>('/exports', {
        query: { limit: 50, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) };
}

export function useExport(id: string | undefined) {
  return useQuery({
    queryKey: [...keys.exports, id],
    queryFn: ({ signal }) => api.get<ExportEvent>(`/exports/${id}`, { signal }),
    enabled: !!id,
  });
}
