import type { RecordData, RecordWindow } from '@/api';
import type { CellAt } from '@/grid/cellRange';
import { type CellFinder, hitsIn } from './findCells';

const kChunk = 500;

/** What is looked through. */
export interface Rows {
  rows: Pick<RecordWindow, 'peek' | 'load'>;
  /** How many rows there are, where that is known. */
  end: number | undefined;
  /** The row as it is on the screen, with what was typed into it. */
  shown: (record: RecordData) => RecordData;
}

export interface Looked {
  hits: readonly CellAt[];
  /** Rows looked through. */
  read: number;
  done: boolean;
  /** There may be rows behind those. */
  more: boolean;
}

/**
 * Looks for a text in the first `most` rows of a list, those that are here at once, the others as they are read. Tells what
 * it has after each portion, until `stopped`. Throws what reading throws.
 */
export async function lookThrough(
  list: () => Rows,
  columns: readonly string[],
  finder: CellFinder,
  most: number,
  tell: (looked: Looked) => void,
  stopped: () => boolean,
): Promise<void> {
  const hits: CellAt[] = [];
  for (let first = 0; first < most; first += kChunk) {
    const { rows, end = Number.POSITIVE_INFINITY, shown } = list();
    const asked = Math.max(0, Math.min(kChunk, most - first, end - first));
    const last = first + asked - 1;
    const records = asked === 0 ? [] : (rows.peek(first, last) ?? (await rows.load(first, last)));
    // The page answers keys in between.
    await new Promise((rest) => setTimeout(rest));
    if (stopped()) return;
    records.forEach((record, at) => {
      hits.push(...hitsIn(first + at, shown(record), columns, finder));
    });
    const ended = records.length < asked || first + asked >= end;
    const read = first + records.length;
    const done = ended || read >= most;
    tell({ hits: [...hits], read, done, more: done && !ended });
    if (ended) return;
  }
}
