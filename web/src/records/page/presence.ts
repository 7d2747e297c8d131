import { createContext, useContext, useEffect } from 'react';
import type { Other } from '@/api';

export interface RecordPresence {
  others: readonly Other[];
  /** Tells the others which field is edited here; undefined = none any more. */
  onEdit: (field: string | undefined) => void;
}

const PresenceContext = createContext<RecordPresence>({ others: [], onEdit: () => undefined });

export const PresenceProvider = PresenceContext.Provider;

/** Who else has the record of this page open. Outside of one, nobody. */
export function useOthers(): readonly Other[] {
  return useContext(PresenceContext).others;
}

/** While it is shown, the others see that this field is edited. */
export function useEditing(field: string | undefined): void {
  const { onEdit } = useContext(PresenceContext);
  useEffect(() => {
    if (!field) return;
    onEdit(field);
    return () => onEdit(undefined);
  }, [field, onEdit]);
}
