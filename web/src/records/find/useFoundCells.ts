import { useEffect, useMemo, useRef, useState } from 'react';
import type { RecordData } from '@/api';
import type { CellAt } from '@/grid/cellRange';
import { type CellFinder, type FoldedCells, finderOf } from './findCells';
import { type Looked, lookThrough, type Rows } from './lookThrough';

/** So many rows are read at a time; a longer list is gone on with when asked. */
export const kMostRead = 20_000;
const kRest = 150; // milliseconds without a key before the rows are read

interface Sought extends Rows {
  columns: readonly { key: string }[];
  texts: (record: RecordData, column: string) => readonly string[];
  /** Another object: cells were changed. */
  stamp: unknown;
}

export interface FoundCellsState {
  finder: CellFinder | undefined;
  hits: readonly CellAt[];
  /** Rows looked through. */
  read: number;
  done: boolean;
  /** There are rows behind those. */
  more: boolean;
  failed: boolean;
  goOn: () => void;
}

interface Progress extends Looked {
  of: CellFinder | undefined;
  failed: boolean;
}
const nothing: Progress = { of: undefined, hits: [], read: 0, done: true, more: false, failed: false };

/** Looks through all rows of a list, those on the screen first read, the others page by page. */
export function useFoundCells(text: string, sought: Sought): FoundCellsState {
  const { columns, stamp } = sought;
  const latest = useRef(sought);
  latest.current = sought;
  const keys = columns.map(({ key }) => key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns, other texts
  const known = useMemo<FoldedCells>(() => new WeakMap(), [keys]);
  const finder = useMemo(
    () => finderOf(text, keys.split(','), (record, column) => latest.current.texts(record, column), known),
    [text, keys, known],
  );
  const [most, setMost] = useState(kMostRead);
  const [tries, setTries] = useState(0);
  const [progress, setProgress] = useState(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` and `tries` ask for it again
  useEffect(() => {
    if (!finder) {
      setProgress(nothing);
      return;
    }
    let stopped = false;
    const tell = (looked: Looked) => setProgress({ ...looked, of: finder, failed: false });
    const timer = setTimeout(() => {
      lookThrough(
        () => latest.current,
        keys.split(','),
        finder,
        most,
        tell,
        () => stopped,
      ).catch(() => !stopped && setProgress((now) => ({ ...now, of: finder, done: true, failed: true })));
    }, kRest);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [finder, most, keys, stamp, tries]);

  const own = progress.of === finder;
  return {
    finder,
    hits: own ? progress.hits : nothing.hits,
    read: own ? progress.read : 0,
    done: finder === undefined || (own && progress.done),
    more: own && progress.more && !progress.failed,
    failed: own && progress.failed,
    goOn: () => (progress.failed ? setTries(tries + 1) : setMost(most + kMostRead)),
  };
}
