import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { DuplicatePair, Label, ObjectMeta, RecordData } from '@/api';
import type { Json } from '@/fields/filterModel';

export interface RecordSlotProps {
  object: ObjectMeta;
  record: RecordData;
}

/** Places on a record page that the domain fills (src/crm): the generic screens know only that something may stand there. */
export interface RecordSlots {
  /** Under the header: what must be known before the customer is met. */
  brief?: ComponentType<RecordSlotProps>;
  /** Keys of the objects whose records stand there already: they are not listed once more. */
  shown?: readonly string[];
  /** Above the timeline: writing down what just happened. */
  quickEntry?: ComponentType<RecordSlotProps & { onSaved?: () => void; kind?: string }>;
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
    /** `objects` are those that the reader sees. */
    applies: (object: ObjectMeta, record: RecordData, objects: readonly ObjectMeta[]) => boolean;
    /** Where there is room it is a button of its own instead. */
    button?: boolean;
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

/** A condition that people ask for often, as the filter of a list. */
export interface ReadyCondition {
  key: string;
  label: Label;
  filter: Json;
}

export interface BulkSlotProps {
  object: ObjectMeta;
  ids: string[];
  onClose: () => void;
  /** It is done: nothing is ticked any more. */
  onDone: () => void;
}

/** Places of a list that the domain fills. */
export interface ListSlots {
  /** Instead of the words that say that there is nothing yet. */
  empty?: (object: ObjectMeta) => ComponentType<{ object: ObjectMeta }> | undefined;
  /** Further things to do with ticked rows; each opens a dialog. */
  bulk?: {
    key: string;
    label: Label;
    applies: (object: ObjectMeta, objects: readonly ObjectMeta[]) => boolean;
    Dialog: ComponentType<BulkSlotProps>;
  }[];
  /** Ready-made conditions; `objects` are those that the reader may see. */
  conditions?: (object: ObjectMeta, objects: readonly ObjectMeta[]) => ReadyCondition[];
}

const ListSlotsContext = createContext<ListSlots>({});

export const ListSlotsProvider = ListSlotsContext.Provider;

export function useListSlots(): ListSlots {
  return useContext(ListSlotsContext);
}
