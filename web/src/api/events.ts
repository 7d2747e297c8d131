import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { buildUrl } from './client';
import { keys } from './keys';
import type { Metadata, RecordData, ServerEvent } from './types';

// Many changes may come at once (an import): lists load again at most once in this time.
const gatherMs = 1000;
const retryMs = [1000, 2000, 5000, 10_000, 30_000];

/** Throws away what an event made old. The caller's own change is already in the cache with its version. */
export function applyEvents(cache: QueryClient, events: ServerEvent[]): void {
  const objects = new Set<string>();
  for (const { object, id, version } of events) {
    const known = cache.getQueryData<RecordData>(keys.record(object, id));
    if (known && known.version >= version) continue;
    objects.add(object);
    void cache.invalidateQueries({ queryKey: keys.record(object, id) });
    void cache.invalidateQueries({ queryKey: keys.history(object, id) });
  }
  for (const object of objects) {
    void cache.invalidateQueries({ queryKey: keys.lists(object) });
    void cache.invalidateQueries({ queryKey: keys.scan(object) });
  }
  // An activity, an order, ... may stand in any open timeline.
  if (objects.size > 0) {
    void cache.invalidateQueries({
      predicate: (query) => query.queryKey[0] === 'o' && query.queryKey[2] === 'timeline',
    });
    void cache.invalidateQueries({ queryKey: keys.changes });
  }
}

/** Fields or rights are others than those the screen was made of: everything shown is asked for again. */
export function applyMetadata(cache: QueryClient, version: string): void {
  const known = cache.getQueryData<Metadata>(keys.metadata);
  if (known && known.version !== version) void cache.invalidateQueries();
}

function member(data: string, name: string): string | undefined {
  try {
    const value: unknown = (JSON.parse(data) as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Follows the server's changes as long as `enabled`. The browser resumes from the last event by itself. */
export function useEventStream(enabled: boolean): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    let source: EventSource | undefined;
    let waiting: ServerEvent[] = [];
    let gather: number | undefined;
    let retry: number | undefined;
    let attempts = 0;
    let missed = false;

    const flush = () => {
      gather = undefined;
      applyEvents(cache, waiting);
      waiting = [];
    };
    const open = () => {
      source = new EventSource(buildUrl('/events'));
      source.onopen = () => {
        attempts = 0;
        if (!missed) return;
        missed = false;
        void cache.invalidateQueries();
      };
      source.addEventListener('change', (message) => {
        try {
          waiting.push(JSON.parse((message as MessageEvent<string>).data) as ServerEvent);
        } catch {
          return;
        }
        gather ??= window.setTimeout(flush, gatherMs);
      });
      source.addEventListener('metadata', (message) => {
        const version = member((message as MessageEvent<string>).data, 'version');
        if (version) applyMetadata(cache, version);
      });
      source.addEventListener('views', (message) => {
        const object = member((message as MessageEvent<string>).data, 'object');
        if (object) void cache.invalidateQueries({ queryKey: keys.views(object) });
      });
      source.addEventListener('presence', (message) => {
        const { data } = message as MessageEvent<string>;
        const [object, id] = [member(data, 'object'), member(data, 'id')];
        if (object && id) void cache.invalidateQueries({ queryKey: keys.presence(object, id) });
      });
      source.onerror = () => {
        // While connecting the browser tries again and resumes; a closed source (401, 503) has given up.
        if (source?.readyState !== EventSource.CLOSED) return;
        missed = true;
        retry = window.setTimeout(open, retryMs[Math.min(attempts++, retryMs.length - 1)]);
      };
    };
    open();
    return () => {
      source?.close();
      window.clearTimeout(gather);
      window.clearTimeout(retry);
    };
  }, [cache, enabled]);
}
