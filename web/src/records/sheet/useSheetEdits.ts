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
  openCells,
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
// No connection, or a gateway without its server.
const kAway = new Set([0, 502, 503, 504]);
const kMostBroken = 4;
const kSettleMs = 2000;
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
  hold: () => void;
  sortAgain: () => void;
  /** Waits a moment for what is on its way; true when something is unsaved all the same. */
  settle: () => Promise<boolean>;
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
  // By record and version: the version that this sheet alone made of it.
  const own = useRef(new Map<string, number>());
  const open = useRef(0); // steps under way
  const [held, setHeld] = useState(false);
  const alive = useRef(true);
  const hold = useCallback(() => {
    holdList(cache, object, query);
    setHeld(true);
  }, [cache, object, query]);
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
    setPending(++open.current);
    queue.current = queue.current
      .then(work)
      .catch(notifyError)
      .finally(() => {
        setPending(--open.current);
      });
  };

  // What was typed since is another entry with an answer of its own.
  const isWaiting = (entries: ReadonlyMap<string, CellEdit>, id: string, field: string) =>
    now.current.get(id)?.[field] === entries.get(nameOf(id, field));

  const refuse = (
    step: Step,
    entries: ReadonlyMap<string, CellEdit>,
    cells: readonly (CellName & { message: string })[],
  ) => {
    step.left.push(...cells);
    // Whoever has left the page is told all the same.
    if (!alive.current && cells.length > 0) notifyDone(t('records.sheet.open', { count: cells.length }));
    change((edits) =>
      withEdits(
        edits,
        cells.flatMap(({ id, field, message }) => {
          const edit = entries.get(nameOf(id, field));
          return edit && isWaiting(entries, id, field)
            ? [{ id, field, edit: { ...edit, state: 'wrong' as const, message } }]
            : [];
        }),
      ),
    );
  };

  const run = async (changes: readonly CellChange[], entries: ReadonlyMap<string, CellEdit>) => {
    const step: Step = { changes: [], left: [] };
    let count = 0;
    try {
      const { read, unread } = await waiting(() => lookUp(changes, objects));
      refuse(
        step,
        entries,
        unread.map(({ change: { record, field }, why, name }) => ({
          id: record.id,
          field: field.key,
          message: t(`records.sheet.${why}`, { name }),
        })),
      );
      const all = workOf(read);
      for (let at = 0; at < all.length; at += kPortion) {
        const portion = all.slice(at, at + kPortion).map((row) => ({ ...row, version: ownVersion(row) }));
        count += await sendPortion(portion, step, entries);
      }
    } catch (error) {
      const left = [...entries]
        .map(([name]) => cellNamed(name))
        .filter(({ id, field }) => isWaiting(entries, id, field));
      refuse(
        step,
        entries,
        left.map((cell) => ({ ...cell, message: errorText(error) })),
      );
    }
    setSaved(count);
    if (step.changes.length > 0 || step.left.length > 0)
      keep({ done: [...steps().done.slice(-kMostSteps), step], undone: [] });
    // What follows from the values (titles, sums, dates of stages) is the server's to say.
    if (count > 0) refresh();
  };

  /** Sends rows until all their cells are saved or refused. Answers how many were saved. */
  const sendPortion = async (
    portion: readonly RowWork[],
    step: Step,
    entries: ReadonlyMap<string, CellEdit>,
  ): Promise<number> => {
    const shownVersion = new Map(portion.map(({ id, version }) => [id, version]));
    let rows = portion;
    let count = 0;
    for (let round = 0; rows.length > 0 && round < kMostRounds; ++round) {
      const key = requestKey();
      const sent = rows;
      const answer = await waiting(() => sendRows(object, sent.map(operationOf), key));
      const again: RowWork[] = [];
      const done = new Map<string, Partial<RecordData>>();
      const finished: CellName[] = [];
      const wrong: (CellName & { message: string })[] = [];
      const conflicts: (CellName & { edit: CellEdit })[] = [];
      sent.forEach((row, place) => {
        const result = answer.answers[place];
        const judged = judge(row, result, (field, value) => {
          const mine = written.current.get(nameOf(row.id, field));
          return mine !== undefined && sameValue(mine, value);
        });
        if (judged.again) again.push(judged.again);
        wrong.push(...judged.wrong.map(({ field, message }) => ({ id: row.id, field, message })));
        for (const conflict of judged.conflicts) {
          const { field } = conflict;
          const edit = entries.get(nameOf(row.id, field));
          const base = result?.error?.conflict?.current.version;
          if (edit)
            conflicts.push({ id: row.id, field, edit: { ...edit, state: 'conflict', conflict, base } });
        }
        if (!judged.saved) return;
        const values = [...row.cells].map(([field, cell]) => [field, cell.value] as const);
        // A version further on holds what others wrote and the screen does not show yet: the old one stays the base of the
        // next entry, so that it is asked about those.
        const from = shownVersion.get(row.id) ?? row.version;
        const alone = result?.version === from + 1;
        if (alone) own.current.set(`${row.id} ${from}`, from + 1);
        done.set(row.id, { ...Object.fromEntries(values), ...(alone ? { version: from + 1 } : {}) });
        for (const [field, value] of values) {
          written.current.set(nameOf(row.id, field), value);
          finished.push({ id: row.id, field });
        }
      });
      if (finished.length > 0 && answer.change) step.changes.push(answer.change);
      count += finished.length;
      noteWritten(cache, object, done);
      change((edits) =>
        withoutCells(
          edits,
          finished.filter(({ id, field }) => isWaiting(entries, id, field)),
        ),
      );
      refuse(step, entries, wrong);
      step.left.push(...conflicts);
      change((edits) =>
        withEdits(
          edits,
          conflicts.filter(({ id, field }) => isWaiting(entries, id, field)),
        ),
      );
      rows = again;
    }
    // What went round and round is told as not saved, never as being saved.
    refuse(
      step,
      entries,
      rows.flatMap((row) => [...row.cells.keys()].map((field) => ({ id: row.id, field, message: '' }))),
    );
    return count;
  };

  // What this sheet alone has made of the version that was on the screen as the entry was typed.
  const ownVersion = ({ id, version }: RowWork): number => {
    let now = version;
    for (
      let next = own.current.get(`${id} ${now}`);
      next !== undefined;
      next = own.current.get(`${id} ${now}`)
    )
      now = next;
    return now;
  };
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.object(object.key) });
    void cache.invalidateQueries({ queryKey: keys.changes });
  };

  const apply = (wanted: readonly CellChange[]) => {
    const changes = realChanges(wanted, now.current);
    if (changes.length === 0) return;
    hold();
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
      // Against what was shown beside the own value; what came after that is another conflict.
      return edit?.base === undefined
        ? []
        : [{ record: recordOf(id, edit.base), field: edit.field, text: edit.text, value: edit.value }];
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
        const once = { headers: { 'Idempotency-Key': requestKey() } };
        const answer = await waiting(() => api.post<Undone>('/undo', { change: id }, once));
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

  const settle = useCallback(async () => {
    await Promise.race([queue.current, new Promise((done) => setTimeout(done, kSettleMs))]);
    return open.current > 0 || openCells(now.current).length > 0;
  }, []);

  // While the line is down nothing is given up: the same request goes out again until it is answered.
  async function waiting<T>(send: () => Promise<T>): Promise<T> {
    for (let broken = 0; ; ) {
      try {
        return await send();
      } catch (error) {
        // An answer that was cut off in the middle is no answer either, but not for ever.
        const away = isApiError(error) ? kAway.has(error.status) : ++broken < kMostBroken;
        if (!away || !alive.current) throw error;
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
    hold,
    sortAgain,
    settle,
  };
}

// As much of a record as a change needs to know of it.
function recordOf(id: string, version: number): RecordData {
  return { id, object: '', version, title: '', updated_at: '' };
}

function cellNamed(name: string): CellName {
  const [id = '', field = ''] = name.split(' ');
  return { id, field };
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
