import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ObjectMeta } from '@/api';
import { type ListState, readListState, writeListState } from './listState';

/** The state of a list in the address. `change` leaves a step in the browser's history, `adjust` does not. */
export function useListState(object: ObjectMeta) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  // The router keeps the object of the search as long as its content is the same.
  const state = useMemo(() => readListState(search), [search]);
  const go = useCallback(
    (next: ListState, replace: boolean) =>
      void navigate({
        to: '/o/$plural',
        params: { plural: object.plural },
        search: writeListState(next),
        replace,
      }),
    [navigate, object.plural],
  );
  const change = useCallback((part: Partial<ListState>) => go({ ...state, ...part }, false), [go, state]);
  const adjust = useCallback((part: Partial<ListState>) => go({ ...state, ...part }, true), [go, state]);
  const replaceAll = useCallback((next: ListState) => go(next, false), [go]);
  return { state, change, adjust, replaceAll };
}
