import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, buildUrl } from './client';
import { keys } from './keys';
import type { ImportRun, ImportSettings, Undone } from './types';

export function useImports() {
  return useQuery({
    queryKey: keys.imports,
    queryFn: ({ signal }) => api.get<{ items: ImportRun[] }>('/imports', { signal }),
    select: (answer) => answer.items,
  });
}

/** The server is at it: importing, or taking back. */
export function isBusy(run: ImportRun | undefined): boolean {
  return run?.status === 'running' || run?.status === 'undoing';
}

/** One import; while it runs it is read again every second. */
export function useImport(id: string | undefined) {
  return useQuery({
    queryKey: keys.import(id ?? ''),
    queryFn: ({ signal }) => api.get<ImportRun>(`/imports/${id}`, { signal }),
    enabled: !!id,
    refetchInterval: (query) => (isBusy(query.state.data) ? 1000 : false),
  });
}

export function useUploadImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ object, file }: { object: string; file: File }) =>
      api.upload<ImportRun>('/imports', file, { query: { object, name: file.name } }),
    onSuccess: (run) => {
      cache.setQueryData(keys.import(run.id), run);
      void cache.invalidateQueries({ queryKey: keys.imports, exact: true });
    },
  });
}

export function useChangeImport(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (settings: ImportSettings) => api.patch<ImportRun>(`/imports/${id}`, settings),
    onSuccess: (run) => cache.setQueryData(keys.import(id), run),
  });
}

function useImportAction<T>(id: string, action: 'run' | 'cancel' | 'undo') {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<T>(`/imports/${id}/${action}`),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.imports });
      if (action === 'undo')
        void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' });
    },
  });
}
export const useRunImport = (id: string) => useImportAction<ImportRun>(id, 'run');
export const useCancelImport = (id: string) => useImportAction<ImportRun>(id, 'cancel');
/** A large one goes on in the background: the answer is the import then. */
export const useUndoImport = (id: string) => useImportAction<Undone | ImportRun>(id, 'undo');

export function useDeleteImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/imports/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.imports }),
  });
}

export function importErrorsUrl(id: string): string {
  return buildUrl(`/imports/${id}/errors.csv`);
}
