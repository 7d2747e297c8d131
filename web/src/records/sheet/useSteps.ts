import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys, type ObjectMeta } from '@/api';
import type { CellName } from './sheetEdits';

const kMost = 500;

/** One step of the user: what takes it back, in the order it was done. */
export interface Step {
  changes: string[];
  left: CellName[]; // cells that did not go in
}
export interface Steps {
  done: Step[];
  undone: Step[];
}
const noSteps: Steps = { done: [], undone: [] };

/** The steps that can be taken back and done again: kept with the data of the page, so that they outlast a visit elsewhere and
 *  end with the session. */
export function useSteps(object: ObjectMeta): { steps: () => Steps; keep: (steps: Steps) => void } {
  const cache = useQueryClient();
  const key = keys.sheetSteps(object.key);
  const [, redraw] = useState(0);
  return {
    steps: () => cache.getQueryData<Steps>(key) ?? noSteps,
    keep: ({ done, undone }) => {
      cache.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
      cache.setQueryData(key, { done: done.slice(-kMost), undone });
      redraw((times) => times + 1);
    },
  };
}
