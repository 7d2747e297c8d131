import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { DuplicatePair, Label, ObjectMeta, RecordData } from '@/api';

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
  /** Further items of the record's menu; each opens a dialog. */
  actions?: {
    key: string;
    label: Label;
    icon?: ReactNode;
    applies: (object: ObjectMeta, record: RecordData) => boolean;
    Dialog: ComponentType<RecordSlotProps & { onClose: () => void }>;
  }[];
  /** Of a likely duplicate: what else the two may be than one or strangers. */
  pair?: ComponentType<{ object: ObjectMeta; pair: DuplicatePair; busy: boolean }>;
}

const SlotsContext = createContext<RecordSlots>({});

export const RecordSlotsProvider = SlotsContext.Provider;

export function useRecordSlots(): RecordSlots {
  return useContext(SlotsContext);
}
