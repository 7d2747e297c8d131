import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { Page, RecordData, Reference } from './types';

/** Something that is in many of the customer's orders. */
export interface UsualItem {
  product?: Reference | null;
  title: string;
  times: number;
  quantity: number | null;
  unit: string;
  last_on: string;
}

/** What to know before a customer is met. A part is null when the caller may not read what it is made of. */
export interface Brief {
  last_contact: { object: string; team: string; record: RecordData } | null;
  tasks: Page<RecordData> | null;
  complaints: Page<RecordData> | null;
  past_complaints: Page<RecordData> | null;
  cautions: Page<RecordData> | null;
  usual: { orders: number; items: UsualItem[] } | null;
}

export function useBrief(object: ObjectRef, id: string, enabled = true) {
  return useQuery({
    queryKey: keys.brief(object.key, id),
    queryFn: ({ signal }) => api.get<Brief>(`/${object.plural}/${id}/brief`, { signal }),
    enabled,
  });
}
