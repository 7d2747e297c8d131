import { useState } from 'react';
import {
  type Conflict,
  isApiError,
  type ObjectMeta,
  type RecordData,
  usePatchRecord,
  type Values,
  warningsOf,
} from '@/api';
import { sameValue, toWrite } from '@/fields';
import { errorText, joinList, notifyDone, notifyUndo, useTexts } from '@/ui';

interface SaveState {
  errors: Record<string, string>; // by field; '' is the whole
  conflicts: Conflict[];
  current?: RecordData; // what the server holds, after a conflict
}

const nothing: SaveState = { errors: {}, conflicts: [] };

/** The values of `draft` that differ from the record, in the form that is sent. */
export function changedValues(base: RecordData, draft: Values): Values {
  const changed: Values = {};
  for (const [key, value] of Object.entries(draft))
    if (!sameValue(base[key], value)) changed[key] = toWrite(value);
  return changed;
}

/** Saves facts of one record with the version that was on the screen when the edit began. */
export function useSaveFact(object: ObjectMeta) {
  const { t, label, language } = useTexts();
  const patch = usePatchRecord(object);
  const [state, setState] = useState<SaveState>(nothing);

  /** True when saved, or when there was nothing to save. */
  const save = async (base: RecordData, draft: Values): Promise<boolean> => {
    const values = changedValues(base, draft);
    if (Object.keys(values).length === 0) return true;
    try {
      const written = await patch.mutateAsync({ id: base.id, version: base.version, values });
      setState(nothing);
      const names = Object.keys(values).map((key) =>
        label(object.fields.find((field) => field.key === key)?.label),
      );
      notifyUndo(t('records.fact.saved', { names: joinList(names.slice(0, 2), language) }), written.change);
      warningsOf(written).forEach(notifyDone);
      return true;
    } catch (error) {
      setState(failure(error, Object.keys(values)));
      return false;
    }
  };
  return { save, reset: () => setState(nothing), pending: patch.isPending, ...state };
}

function failure(error: unknown, keys: string[]): SaveState {
  if (isApiError(error, 'conflict'))
    return { errors: {}, conflicts: error.conflicts, current: error.current };
  const errors: Record<string, string> = isApiError(error) ? { ...error.byField } : {};
  // Nothing at a field that is on the screen: the message stands under the whole.
  if (!keys.some((key) => key in errors)) errors[''] = errorText(error);
  return { errors, conflicts: [] };
}
