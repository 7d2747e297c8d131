// Looking for a text in the cells of a sheet, as the search of the product reads texts: ㈱ is 株式会社, 髙 is 高, ﾔﾏﾀﾞ is やまだ.
import type { RecordData } from '@/api';
import type { CellAt } from '@/grid/cellRange';
import { fold } from '@/ui/highlight';

export interface CellFinder {
  /** The columns of the record that hold the text; the same set for the same record. */
  inRecord: (record: RecordData) => ReadonlySet<string> | undefined;
}

// A legal form is one letter of this range in a folded text.
const form = /[\ue000-\ue004]/g;
const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** Texts of cells, folded once for all that is looked for. Belongs to the columns that it was made for. */
export type FoldedCells = WeakMap<RecordData, readonly { folded: string; plain: string }[]>;

/** `texts` says what stands in a cell, in each way that it can be written. */
export function finderOf(
  wanted: string,
  columns: readonly string[],
  texts: (record: RecordData, column: string) => readonly string[],
  known: FoldedCells,
): CellFinder | undefined {
  const sought = plain(wanted).trim();
  if (sought === '') return undefined;
  const folded = fold(sought);
  // A name is found with its legal form in front, behind or left out.
  const bare = folded.replace(form, '');
  const hit = (cell: { folded: string; plain: string }) =>
    folded === ''
      ? cell.plain.includes(sought) // signs alone, which the fold leaves out
      : cell.folded.includes(folded) || (bare !== '' && bare !== folded && cell.folded.includes(bare));
  const found = new WeakMap<RecordData, ReadonlySet<string> | null>();
  return {
    inRecord: (record) => {
      const before = found.get(record);
      if (before !== undefined) return before ?? undefined;
      let cells = known.get(record);
      if (!cells) {
        cells = columns.map((column) => {
          const all = texts(record, column);
          return { folded: all.map(fold).join('\n'), plain: all.map(plain).join('\n') };
        });
        known.set(record, cells);
      }
      const hits = columns.filter((_column, at) => cells[at] && hit(cells[at]));
      const set = hits.length > 0 ? new Set(hits) : null;
      found.set(record, set);
      return set ?? undefined;
    },
  };
}

/** The hits of a row, in the order of its columns. */
export function hitsIn(
  row: number,
  record: RecordData,
  columns: readonly string[],
  finder: CellFinder,
): CellAt[] {
  const found = finder.inRecord(record);
  if (!found) return [];
  return columns.flatMap((key, column) => (found.has(key) ? [{ row, column }] : []));
}

const before = (a: CellAt, b: CellAt) => a.row < b.row || (a.row === b.row && a.column < b.column);

/** The place in `hits` of the first one at `from` or behind it; -1 when there is none. */
export function firstFrom(hits: readonly CellAt[], from: CellAt): number {
  return hits.findIndex((hit) => !before(hit, from));
}

/** The next place in a list of `count`, or with `back` the one before, around its ends. */
export function around(at: number, count: number, back: boolean): number {
  if (count === 0) return -1;
  if (at < 0) return back ? count - 1 : 0;
  return (at + (back ? -1 : 1) + count) % count;
}
