import { QueryClient } from '@tanstack/react-query';
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
