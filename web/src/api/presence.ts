import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { Reference } from './types';

/** Somebody else who has the record open now. */
export interface Other {
  user: Reference;
  /** Key of the field that he edits; null = he looks, or edits what the reader may not see. */
  field: string | null;
}

// Less than half of what the server waits for before it counts a tab as closed.
const kEveryMs = 20_000;

// This tab, as long as the page lives.
const tab = Math.random().toString(36).slice(2) + Date.now().toString(36);

/** Says that this tab has the record open, again and again while it is looked at, and hears who else has. */
export function usePresence(
  object: ObjectRef,
  id: string,
  { field, enabled }: { field?: string; enabled: boolean },
): Other[] {
  const path = `/${object.plural}/${id}/presence`;
  const found = useQuery({
    queryKey: keys.presence(object.key, id),
    queryFn: ({ signal }) =>
      api.post<{ others: Other[] }>(path, { tab, ...(field ? { field } : {}) }, { signal, quiet: true }),
    select: (answer) => answer.others,
    enabled,
    refetchInterval: kEveryMs,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const { refetch } = found;
  const said = useRef(field);
  useEffect(() => {
    if (said.current === field) return;
    said.current = field;
    if (enabled) void refetch();
  }, [field, enabled, refetch]);
  useEffect(() => {
    if (!enabled) return;
    // Also when the tab is closed: the request outlives the page. Whoever is not heard of is forgotten anyway.
    const leave = () =>
      void api.delete(path, { query: { tab }, quiet: true, keepalive: true }).catch(() => undefined);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [path, enabled]);
  return found.data ?? [];
}
