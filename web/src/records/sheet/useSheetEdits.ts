import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  api,
  type FieldValue,
  holdList,
  keys,
  type ListQuery,
  noteWritten,
  type ObjectMeta,
  type RecordData,
  releaseList,
  sendRows,
  type Undone,
  useObjects,
  type Values,
} from '@/api';
import { sameValue } from '@/fields';
import { errorText, notifyDone, notifyError, useTexts } from '@/ui';
import { lookUp } from './cellValues';
import { isNew, valuesToCreate } from './newRows';
import { requestKey, untilAnswered } from './requests';
import {
  type CellChange,
  type CellEdit,
  type CellName,
  draftsOf,
  type Edits,
  type Judged,
  judge,
  noEdits,
  openCells,
  operationOf,
  type RowWork,
  realChanges,
  renamed,
  withEdits,
  withoutCells,
  workOf,
} from './sheetEdits';
import type { NewRows } from './useNewRows';
import { type Step, useSteps } from './useSteps';

// Others may write between two portions, and a person sees them go in.
const kPortion = 1000;
// A refused row is sent again without what was wrong with it; each time something falls away, so it ends.
const kMostRounds = 8;
const kSettleMs = 2000;

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
  /** Makes records of the new rows that were typed into; not of one that still is, and when told so only of those that
   *  lack nothing. */
  sendDrafts: (choice?: { except?: string; ready?: boolean }) => void;
  /** Rows that were typed into and are no records yet. */
  drafts: number;
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
export function useSheetEdits(object: ObjectMeta, query: ListQuery, newRows: NewRows): SheetEdits {
  const { t } = useTexts();
  const shown = new Set([object.title, ...(query.fields ?? [])]);
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
  const isHere = () => alive.current;
  const hold = useCallback(() => {
    holdList(cache, object, query);
    setHeld(true);
  }, [cache, object, query]);
  const { release, made, use } = newRows;
  const sortAgain = useCallback(() => {
    releaseList(cache, object, query);
    release();
    setHeld(false);
  }, [cache, object, query, release]);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      sortAgain();
    };
  }, [sortAgain]);

  const underWay = pending > 0 || draftsOf(edits).length > 0;
  useEffect(() => {
    if (!underWay) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [underWay]);

  const { steps, keep } = useSteps(object);

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
      const { read, unread } = await untilAnswered(() => lookUp(changes, objects), isHere);
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
    if (step.changes.length > 0 || step.left.length > 0) keep({ done: [...steps().done, step], undone: [] });
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
      const answer = await untilAnswered(
        () =>
          sendRows(
            object,
            sent.map((row) => operationOf(row, valuesOf)),
            key,
            'sheet',
          ),
        isHere,
      );
      const again: RowWork[] = [];
      const done = new Map<string, Partial<RecordData>>();
      const finished: CellName[] = [];
      const born: [string, RecordData][] = [];
      const lacking: { id: string; lacks: Judged['lacks'] }[] = [];
      const wrong: (CellName & { message: string })[] = [];
      const conflicts: (CellName & { edit: CellEdit })[] = [];
      sent.forEach((row, place) => {
        const result = answer.answers[place];
        const judged = judge(row, result, (field, value) => {
          const mine = written.current.get(nameOf(row.id, field));
          return mine !== undefined && sameValue(mine, value);
        });
        if (judged.again) again.push(judged.again);
        if (judged.lacks.length > 0) lacking.push({ id: row.id, lacks: judged.lacks });
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
        if (isNew(row.id)) {
          finished.push(...values.map(([field]) => ({ id: row.id, field })));
          if (result?.id)
            born.push([row.id, recordMade(result.id, result.version ?? 1, Object.fromEntries(values))]);
          return;
        }
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
      change((edits) => lacking.reduce((all, { id, lacks }) => wait(all, id, lacks), edits));
      for (const [id, record] of born) becomes(id, record, step);
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

  // The row waits as it was typed, and what it lacks is told where it belongs: in the sheet, or with its name.
  const wait = (edits: Edits, id: string, lacks: Judged['lacks']): Edits => {
    const typed = Object.entries(edits.get(id) ?? {}).map(([field, edit]) => ({
      id,
      field,
      edit: edit.state === 'saving' ? { ...edit, state: 'draft' as const } : edit,
    }));
    const missing = lacks.flatMap(({ field, message }) => {
      const meta =
        object.fields.find((each) => each.key === field && shown.has(each.key)) ??
        object.fields.find((each) => each.key === object.title);
      if (!meta) return [];
      const there = edits.get(id)?.[meta.key];
      const edit = {
        field: meta,
        text: there?.text ?? '',
        value: there?.value ?? null,
        state: 'wrong' as const,
        message,
      };
      return [{ id, field: meta.key, edit }];
    });
    return withEdits(edits, [...typed, ...missing]);
  };

  const valuesOf = (_id: string, values: Values) => valuesToCreate(object, newRows.defaults, values);
  const recordMade = (id: string, version: number, values: Values): RecordData => {
    const name = values[object.title];
    const title = typeof name === 'string' ? name : '';
    return { ...newRows.defaults, ...values, ...recordOf(id, version), object: object.key, title };
  };
  // A new row is a record now; what was typed into it meanwhile, and what was refused, is of that record.
  const becomes = (id: string, record: RecordData, step: Step) => {
    made(id, record);
    for (const cell of step.left) if (cell.id === id) cell.id = record.id;
    change((edits) => renamed(edits, id, record.id));
    const typed = Object.values(now.current.get(record.id) ?? {}).filter((edit) => edit.state === 'draft');
    if (typed.length > 0) apply(typed.map(({ field, text, value }) => ({ record, field, text, value })));
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
    // A new row waits until it is left: a record is not made of its first cell.
    const drafts = changes.filter(({ record }) => isNew(record.id));
    use(drafts.map(({ record }) => record.id));
    change((edits) =>
      withEdits(
        edits,
        drafts.map(({ record, field, text, value }) => ({
          id: record.id,
          field: field.key,
          edit: { field, text, value, state: 'draft' },
        })),
      ),
    );
    submit(changes.filter(({ record }) => !isNew(record.id)));
  };

  const submit = (changes: readonly CellChange[]) => {
    if (changes.length === 0) return;
    const entries = new Map<string, CellEdit>();
    const cells = changes.map(({ record, field, text, value }) => {
      const edit: CellEdit = { field, text, value, state: 'saving' };
      entries.set(nameOf(record.id, field.key), edit);
      return { id: record.id, field: field.key, edit };
    });
    change((edits) => withEdits(edits, cells));
    inTurn(() => run(changes, entries));
  };

  const drop = (cells: readonly CellName[]) => {
    change((edits) => withoutCells(edits, cells));
    newRows.drop(cells.map(({ id }) => id).filter((id) => isNew(id) && !now.current.has(id)));
  };

  const sendDrafts = (choice?: { except?: string; ready?: boolean }) => {
    const cells = draftsOf(now.current, choice);
    const changes = cells.flatMap(({ id, field }): CellChange[] => {
      const edit = now.current.get(id)?.[field];
      // Emptied again, it says nothing.
      if (!edit || edit.value === null) return [];
      return [{ record: recordOf(id, -1), field: edit.field, text: edit.text, value: edit.value }];
    });
    const said = new Set(changes.map(({ record }) => record.id));
    drop(cells.filter(({ id }) => !said.has(id)));
    submit(changes);
  };

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
        const answer = await untilAnswered(() => api.post<Undone>('/undo', { change: id }, once), isHere);
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

  const latest = useRef(() => sendDrafts());
  latest.current = () => sendDrafts();
  const settle = useCallback(async () => {
    latest.current();
    await Promise.race([queue.current, new Promise((done) => setTimeout(done, kSettleMs))]);
    return open.current > 0 || openCells(now.current).length > 0 || draftsOf(now.current).length > 0;
  }, []);

  // What was typed into a new row and is with nobody yet goes first, cell by cell.
  const undo = () => {
    const last = draftsOf(now.current).at(-1);
    if (last) drop([last]);
    else turn('done');
  };

  return {
    edits,
    pending,
    saved,
    canUndo: steps().done.length > 0 || draftsOf(edits).length > 0,
    canRedo: steps().undone.length > 0,
    apply,
    sendDrafts,
    drafts: new Set(draftsOf(edits).map(({ id }) => id)).size,
    drop,
    insist,
    undo,
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
