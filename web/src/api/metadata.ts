import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from './client';
import { keys } from './keys';
import type { FieldMeta, Metadata, ObjectMeta } from './types';

/** The objects and fields that the caller may see. Kept for the page's life; the event stream renews it. */
export function useMetadata() {
  return useQuery({
    queryKey: keys.metadata,
    queryFn: ({ signal }) => api.get<Metadata>('/metadata', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useObjects(): ObjectMeta[] {
  return useMetadata().data?.objects ?? noObjects;
}
const noObjects: ObjectMeta[] = [];

export function useObject(key: string | undefined): ObjectMeta | undefined {
  const objects = useObjects();
  return useMemo(() => objects.find((object) => object.key === key), [objects, key]);
}

export function useObjectByPlural(plural: string): ObjectMeta | undefined {
  const objects = useObjects();
  return useMemo(() => objects.find((object) => object.plural === plural), [objects, plural]);
}

export function fieldOf(object: ObjectMeta | undefined, key: string): FieldMeta | undefined {
  return object?.fields.find((field) => field.key === key);
}
