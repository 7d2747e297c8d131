import { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { fetchSession, isApiError, keys, onCsrfRefused } from '@/api';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only what another try can help: no answer, or a server that is busy.
      retry: (failures, error) =>
        failures < 2 && isApiError(error) && (error.status === 0 || error.status >= 502),
      // Our own banner tells what cannot be reached: a server in the house needs no internet.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// Signed in again in another tab: the token of this one is old.
onCsrfRefused(async () => {
  queryClient.setQueryData(keys.session, await fetchSession());
});

// What the server put into words (second lines of hits, timelines, reasons) is asked for again. Whether a link works is no matter
// of language, and asking costs one of a few tries.
let spoken: string | undefined;
i18next.on('languageChanged', (language) => {
  const another = spoken !== undefined && spoken !== language;
  spoken = language;
  if (another)
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.link[0] });
});
