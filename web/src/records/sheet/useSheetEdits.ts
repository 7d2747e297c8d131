import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  api,
  type FieldValue,
  holdList,
  isApiError,
  isReachable,
  keys,
  type ListQuery,
  noteWritten,
  type ObjectMeta,
  type RecordData,
  releaseList,
  sendRows,
  subscribeReachable,
  type Undone,
  useObjects,
} from '@/api';
import { sameValue } from '@/fields';
import { errorText, notifyDone, notifyError, useTexts } from '@/ui';
import { lookUp } from './cellValues';
import {
  type CellChange,
  type CellEdit,
  type CellName,
  type Edits,
  judge,
  noEdits,
  operationOf,
  type RowWork,
  realChanges,
  withEdits,
  withoutCells,
  workOf,
} from './sheetEdits';

// Others may write between two portions, and a person sees them go in.
const kPortion = 1000;
// A refused row is sent again without what was wrong with it; each time something falls away, so it ends.
const kMostRounds = 8;
const kRetryMs = 3000;
const kMostSteps = 500;

/** One step of the user: what takes it back, in the order it was done. */
interface Step {
  changes: string[];
  left: CellName[]; // cells that did not go in
}
interface Steps {
  done: Step[];
  undone: Step[];
}
const noSteps: Steps = { done: [], undone: [] };

export interface SheetEdits {
  edits: Edits;
  /** Steps that are under way. */
  pending: number;
  /** Cells saved by the last step. */
  saved: number;
  canUndo: boolean;
  canRedo: boolean;
  /** Shows the cells as they will be and sends them, after all that was typed before. */
  apply: (changes: readonly CellChange[]) => void;
  /** Forgets what was typed into cells that did not go in. */
  drop: (cells: readonly CellName[]) => void;
  /** Insists on the own values where somebody else changed the same cells. */
  insist: (cells: readonly CellName[]) => void;
  undo: () => void;
  redo: () => void;
  /** Rows keep their places since something was typed, until sortAgain. */
  held: boolean;
  sortAgain: () => void;
}

/**
 * The cells of a sheet on their way to the server, one step after the other. Nothing typed is lost: a cell that is refused
 * keeps its text and the reason, one that somebody else changed meanwhile keeps both values, and while the server cannot be
 * reached everything waits. Steps can be taken back as long as the page stands, in any list of the object.
 */
export function useSheetEdits(object: ObjectMeta, query: ListQuery): SheetEdits {
  const { t } = useTexts();
  const cache = useQueryClient();
  const objects = useObjects();
  const [edits, setEdits] = useState<Edits>(noEdits);
  const now = useRef(edits);
  const change = useCallback((make: (edits: Edits) => Edits) => {
    now.current = make(now.current);
    setEdits(now.current);
  }, []);
  const [pending, setPending] = useState(0);
  const [saved, setSaved] = useState(0);
  const queue = useRef<Promise<void>>(Promise.resolve());
  // What this sheet wrote last, by record and field: finding that again is no conflict.
  const written = useRef(new Map<string, FieldValue>());
  const bases = useRef(new Map<string, RecordData>());
  const [held, setHeld] = useState(false);
  const alive = useRef(true);
  const sortAgain = useCallback(() => {
    releaseList(cache, object, query);
    setHeld(false);
  }, [cache, object, query]);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      sortAgain();
    };
  }, [sortAgain]);

  const underWay = pending > 0;
  useEffect(() => {
    if (!underWay) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [underWay]);

  const stepsKey = keys.sheetSteps(object.key);
  const steps = () => cache.getQueryData<Steps>(stepsKey) ?? noSteps;
  const [, redraw] = useState(0);
  const keep = (next: Steps) => {
    cache.setQueryDefaults(stepsKey, { gcTime: Number.POSITIVE_INFINITY });
    cache.setQueryData(stepsKey, next);
    redraw((times) => times + 1);
  };

  const inTurn = (work: () => Promise<void>) => {
    setPending((count) => count + 1);
    queue.current = queue.current
      .then(work)
      .catch(notifyError)
      .finally(() => {
        setPending((count) => count - 1);
      });
  };

  const refuse = (cells: readonly (CellName & { edit: CellEdit; message: string })[]) =>
    change((edits) =>
      withEdits(
        edits,
        // What was typed since is another entry with an answer of its own.
        cells
          .filter(({ id, field, edit }) => edits.get(id)?.[field] === edit)
          .map(({ id, field, edit, message }) => ({
            id,
            field,
            edit: { ...edit, state: 'wrong' as const, message },
          })),
      ),
    );

  const run = async (changes: readonly CellChange[], entries: ReadonlyMap<string, CellEdit>) => {
    const entry = (id: string, field: string) => entries.get(nameOf(id, field)) as CellEdit;
    const step: Step = { changes: [], left: [] };
    let count = 0;
    const leave = (id: string, field: string) => step.left.push({ id, field });

    const refuseCell = ({ record, field }: CellChange, message: string) => {
      leave(record.id, field.key);
      return { id: record.id, field: field.key, edit: entry(record.id, field.key), message };
    };
    const { read, unread } = await waiting(() => lookUp(changes, objects)).catch((error: unknown) => {
      refuse(changes.map((cell) => refuseCell(cell, errorText(error))));
      return { read: [], unread: [] };
    });
    refuse(
      unread.map(({ change: cell, why, name }) => refuseCell(cell, t(`records.sheet.${why}`, { name }))),
    );

    const all = workOf(read);
    for (let at = 0; at < all.length; at += kPortion) {
      let rows: RowWork[] = all.slice(at, at + kPortion);
      for (let round = 0; rows.length > 0 && round < kMostRounds; ++round) {
        const key = requestKey();
        const sent = rows;
        const answer = await waiting(() => sendRows(object, sent.map(operationOf), key)).catch(
          (error: unknown) => {
            refuse(
              sent.flatMap((row) =>
                [...row.cells.values()].map((cell) => refuseCell(cell, errorText(error))),
              ),
            );
          },
        );
        if (!answer) break;
        const again: RowWork[] = [];
        const done = new Map<string, Partial<RecordData>>();
        const finished: CellName[] = [];
        sent.forEach((row, place) => {
          const result = answer.answers[place];
          const judged = judge(row, result, (field, value) => {
            const mine = written.current.get(nameOf(row.id, field));
            return mine !== undefined && sameValue(mine, value);
          });
          if (judged.again) again.push(judged.again);
          if (judged.saved) {
            const values = [...row.cells].map(([field, cell]) => [field, cell.value] as const);
            // A version further on holds what others wrote and the screen does not show yet: the old one stays the
            // base of the next entry, so that it is asked about those.
            const next = result?.version === row.version + 1 ? row.version + 1 : row.version;
            done.set(row.id, { ...Object.fromEntries(values), version: next });
            for (const [field, value] of values) {
              written.current.set(nameOf(row.id, field), value);
              finished.push({ id: row.id, field });
            }
          }
          refuse(
            judged.wrong.map(({ field, message }) => {
              leave(row.id, field);
              return { id: row.id, field, edit: entry(row.id, field), message };
            }),
          );
          for (const conflict of judged.conflicts) {
            const { field } = conflict;
            leave(row.id, field);
            const current = result?.error?.conflict?.current;
            if (current) bases.current.set(row.id, current);
            change((edits) =>
              edits.get(row.id)?.[field] === entry(row.id, field)
                ? withEdits(edits, [
                    { id: row.id, field, edit: { ...entry(row.id, field), state: 'conflict', conflict } },
                  ])
                : edits,
            );
          }
        });
        if (finished.length > 0 && answer.change) step.changes.push(answer.change);
        count += finished.length;
        noteWritten(cache, object, done);
        change((edits) =>
          withoutCells(
            edits,
            finished.filter(({ id, field }) => edits.get(id)?.[field] === entry(id, field)),
          ),
        );
        rows = again;
      }
    }
    setSaved(count);
    if (step.changes.length > 0 || step.left.length > 0)
      keep({ done: [...steps().done.slice(-kMostSteps), step], undone: [] });
    // What follows from the values (titles, sums, dates of stages) is the server's to say.
    if (count > 0) refresh();
  };
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.object(object.key) });
    void cache.invalidateQueries({ queryKey: keys.changes });
  };

  const apply = (wanted: readonly CellChange[]) => {
    const changes = realChanges(wanted, now.current);
    if (changes.length === 0) return;
    holdList(cache, object, query);
    setHeld(true);
    const entries = new Map<string, CellEdit>();
    const cells = changes.map(({ record, field, text, value }) => {
      const edit: CellEdit = { field, text, value, state: 'saving' };
      entries.set(nameOf(record.id, field.key), edit);
      return { id: record.id, field: field.key, edit };
    });
    change((edits) => withEdits(edits, cells));
    inTurn(() => run(changes, entries));
  };

  const drop = (cells: readonly CellName[]) => change((edits) => withoutCells(edits, cells));

  const insist = (cells: readonly CellName[]) => {
    const changes = cells.flatMap(({ id, field }): CellChange[] => {
      const edit = now.current.get(id)?.[field];
      const base = bases.current.get(id);
      return edit && base ? [{ record: base, field: edit.field, text: edit.text, value: edit.value }] : [];
    });
    apply(changes);
  };

  const turn = (from: 'done' | 'undone') => {
    inTurn(async () => {
      const { done, undone } = steps();
      const step = (from === 'done' ? done : undone).at(-1);
      if (!step) return;
      const back: Step = { changes: [], left: [] };
      let skipped = 0;
      drop(step.left);
      for (const id of [...step.changes].reverse()) {
        const answer = await waiting(() => api.post<Undone>('/undo', { change: id }));
        skipped += answer.skipped.length;
        if (answer.undone > 0) back.changes.push(answer.change);
      }
      written.current.clear();
      keep(
        from === 'done'
          ? { done: done.slice(0, -1), undone: back.changes.length > 0 ? [...undone, back] : undone }
          : { done: back.changes.length > 0 ? [...done, back] : done, undone: undone.slice(0, -1) },
      );
      setSaved(0);
      notifyDone(
        [
          t(from === 'done' ? 'records.sheet.undone' : 'records.sheet.redone'),
          ...(skipped > 0 ? [t('records.sheet.skipped', { count: skipped })] : []),
        ].join('\n'),
      );
      refresh();
    });
  };

  // While the line is down nothing is given up: the same request goes out again until it is answered.
  async function waiting<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        if (!isApiError(error, 'unreachable') || !alive.current) throw error;
        await reachableAgain();
      }
    }
  }

  return {
    edits,
    pending,
    saved,
    canUndo: steps().done.length > 0,
    canRedo: steps().undone.length > 0,
    apply,
    drop,
    insist,
    undo: () => turn('done'),
    redo: () => turn('undone'),
    held,
    sortAgain,
  };
}

function nameOf(id: string, field: string): string {
  return `${id} ${field}`;
}

// crypto.randomUUID is only there on https, and offices run without.
function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sheet-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Waits until another request got through, or for a moment: then it is worth another try. */
function reachableAgain(): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      window.clearTimeout(timer);
      leave();
      done();
    };
    const leave = subscribeReachable(() => isReachable() && end());
    const timer = window.setTimeout(end, kRetryMs);
  });
}
