import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, buildUrl } from './client';
import { keys } from './keys';
import type {
  ImportAction,
  ImportDiagnosis,
  ImportMap,
  ImportPreviewRow,
  ImportRun,
  ImportSettings,
  Undone,
} from './types';

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
    refetchInterval: (query) => {
      const run = query.state.data;
      const counting = run?.status === 'ready' && run.counts?.complete === false;
      return isBusy(run) || counting ? 1000 : false;
    },
  });
}

/** The first rows of one kind, with what they would change. */
export function useImportRows(run: ImportRun, action: ImportAction | undefined) {
  return useQuery({
    queryKey: [...keys.import(run.id), 'rows', action, run.counts],
    queryFn: ({ signal }) =>
      api.get<{ items: ImportPreviewRow[] }>(`/imports/${run.id}/rows`, { signal, query: { action } }),
    select: (answer) => answer.items,
    enabled: action !== undefined,
    placeholderData: (before) => before,
  });
}

/** What is the matter with the list; the server looks through the whole file meanwhile. */
export function useImportDiagnosis(id: string) {
  return useQuery({
    queryKey: [...keys.import(id), 'diagnosis'],
    queryFn: ({ signal }) => api.get<ImportDiagnosis>(`/imports/${id}/diagnosis`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 700 : false),
    placeholderData: (before) => before,
  });
}

export function useUploadImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ object, file }: { object?: string; file: File }) =>
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
    // One after the other: the server refuses a change while it looks at the file with another.
    scope: { id: `import ${id}` },
    mutationFn: (settings: ImportSettings) => api.patch<ImportRun>(`/imports/${id}`, settings),
    onSuccess: (run) => {
      cache.setQueryData(keys.import(id), run);
      for (const part of ['rows', 'diagnosis'])
        void cache.invalidateQueries({ queryKey: [...keys.import(id), part] });
    },
  });
}

function useImportAction<T>(id: string, action: 'run' | 'cancel' | 'undo' | 'continue') {
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
export const useContinueImport = (id: string) => useImportAction<ImportRun>(id, 'continue');
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

/** Column maps: saved ones that the person may use, and those that come with the product. */
export function useImportMaps() {
  return useQuery({
    queryKey: keys.importMaps,
    queryFn: ({ signal }) =>
      api.get<{ items: ImportMap[]; ready: { id: string; object: string; name: string }[] }>('/import_maps', {
        signal,
      }),
  });
}

export function useSaveImportMap() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { import: string; name: string; shared: boolean }) =>
      api.post<ImportMap>('/import_maps', body),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.importMaps }),
  });
}

export function useChangeImportMap() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; name: string; shared: boolean }) =>
      api.patch<ImportMap>(`/import_maps/${id}`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.importMaps }),
  });
}

export function useDeleteImportMap() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/import_maps/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.importMaps }),
  });
}
