import { type ComponentType, createContext, useContext } from 'react';
import type { Label, ObjectMeta, RecordData } from '@/api';

export interface RecordSlotProps {
  object: ObjectMeta;
  record: RecordData;
}

/** Places on a record page that the domain fills (src/crm): the generic screens know only that something may stand there. */
export interface RecordSlots {
  /** Under the header: what must be known before the customer is met. */
  warnings?: ComponentType<RecordSlotProps>;
  /** Above the timeline: writing down what just happened. */
  quickEntry?: ComponentType<RecordSlotProps & { onSaved?: () => void }>;
  /** Further tabs beside the timeline. */
  tabs?: {
    key: string;
    label: Label;
    applies: (object: ObjectMeta) => boolean;
    Content: ComponentType<RecordSlotProps>;
  }[];
}

const SlotsContext = createContext<RecordSlots>({});

export const RecordSlotsProvider = SlotsContext.Provider;

export function useRecordSlots(): RecordSlots {
  return useContext(SlotsContext);
}
