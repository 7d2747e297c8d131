import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchRecord, keys, type ObjectMeta, useObjects, useSession } from '@/api';
import { useLocalStorage } from '@/ui';

// Records that a user keeps at hand, newest first: on this device, and by their ids alone. Names are asked of the server,
// which knows them as they are now and tells only those that the user may see.

export interface Pin {
  object: string;
  id: string;
}
export interface PinnedRecord {
  object: ObjectMeta;
  id: string;
  title: string;
}

const keyOf = (user: string) => `daifuku-pins-${user}`;

/** What a user has pinned on this device, outside of a component. */
export function pinsOf(user: string): Pin[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]');
    return Array.isArray(kept) ? (kept as Pin[]) : [];
  } catch {
    return [];
  }
}

const most = 20;
const none: Pin[] = [];

export function usePins(): { isPinned: (pin: Pin) => boolean; toggle: (pin: Pin) => void; pins: Pin[] } {
  const user = useSession().data?.user.id ?? '';
  const [pins, setPins] = useLocalStorage<Pin[]>({
    key: keyOf(user),
    defaultValue: none,
    getInitialValueInEffect: false,
  });
  const isOne = (a: Pin, b: Pin) => a.object === b.object && a.id === b.id;
  return {
    pins,
    isPinned: (pin) => pins.some((each) => isOne(each, pin)),
    toggle: (pin) =>
      setPins((now) => {
        const others = now.filter((each) => !isOne(each, pin));
        return others.length < now.length
          ? others
          : [{ object: pin.object, id: pin.id }, ...now].slice(0, most);
      }),
  };
}

/** The pinned records that are still there for this user, with their names. */
export function usePinned(): PinnedRecord[] {
  const { pins } = usePins();
  const objects = useObjects();
  const asked = useMemo(
    () =>
      pins.flatMap((pin) => {
        const object = objects.find((each) => each.key === pin.object && each.permissions.read);
        return object ? [{ object, id: pin.id }] : [];
      }),
    [pins, objects],
  );
  return useQueries({
    queries: asked.map(({ object, id }) => ({
      queryKey: keys.record(object.key, id),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecord(object, id, signal),
      staleTime: 60_000,
      retry: false,
    })),
    combine: (found) =>
      found.flatMap(({ data }, index) => {
        const pin = asked[index];
        return data && pin && !data.deleted_at ? [{ ...pin, title: data.title }] : [];
      }),
  });
}
