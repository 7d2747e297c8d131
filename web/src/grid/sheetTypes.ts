import type { ReactNode } from 'react';
import type { CellAt, CellRange } from './cellRange';
import type { Suggestion } from './suggestion';

export interface SheetColumn<Row> {
  key: string;
  label: string;
  width: number;
  growTo?: number; // wider than `width` while the sheet has room to spare
  align?: 'left' | 'right';
  sortable?: boolean;
  sort?: 'ascending' | 'descending';
  sortRank?: number; // 1 for the first key, when there are several
  render: (row: Row) => ReactNode;
}

export interface SheetTexts {
  label: string;
  selectAll: string;
  selectRow: (row: number) => string;
  rowNumber: string;
  resize: (column: string) => string;
  columnMenu: (column: string) => string;
  /** How the cells are used with the keyboard, told with the first cell. */
  help: string;
  /** What stands in the active cell, told as it is reached. */
  cell: (column: string, row: number, text: string) => string;
  suggestions: string;
}

/** How it stands with a cell that was changed here. */
export interface CellMark {
  /** draft = of a row that is no record yet */
  state: 'draft' | 'saving' | 'wrong' | 'conflict';
  /** What was typed, where that is no value. */
  text?: string;
}

/** How a cell is coloured, and why: a colour alone would say nothing to those who do not see it. */
export interface CellPaint {
  color: string; // of Sheet.module.css
  why: string;
}
export interface RowPaint {
  row?: CellPaint;
  /** By column; before that of the row. */
  cells?: Readonly<Record<string, CellPaint>>;
}

/** A row that is no record but the heading of those below it. */
export interface RowHeading {
  expanded: boolean;
}

/** What a search found in the cells. */
export interface FoundCells {
  /** The columns of the row that hold it; the same set for the same row. */
  inRow: (row: number) => ReadonlySet<string> | undefined;
  /** The cell that it stands at. */
  here?: CellAt;
}

/** What was entered: the text, and where a suggestion was picked, that. */
export interface Typed {
  text: string;
  picked?: Suggestion;
}

/** The clipboard of a paste. */
export interface Pasted {
  text: string;
  /** What a sheet of ours added when it was copied. */
  cells?: string;
}

/** What a sheet that can be typed into asks of its owner. The sheet knows places and texts, the owner what they mean. */
export interface SheetEditing<Row> {
  /** What an editor of the cell begins with; undefined where the cell cannot be changed. */
  text: (row: Row, column: string) => string | undefined;
  multiline: (column: string) => boolean;
  suggest: (column: string, typed: string) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
  mark: (row: Row) => Readonly<Record<string, CellMark>> | undefined;
  /** More about a marked cell, shown beside it while it is the active one. */
  bubble: (row: Row, column: string) => ReactNode;
  /** Typing begins: from now on rows must keep their places. */
  begin: () => void;
  /** `at` is the cell that was typed into; its row may stand elsewhere by now. */
  commit: (range: CellRange, typed: Typed, at: { row: Row; column: string }) => void;
  clear: (range: CellRange) => void;
  /** `series`: numbers and dates go on by their step; else they are repeated. */
  fill: (from: CellRange, to: CellRange, series: boolean) => void;
  /** Gives the rectangle that was covered. */
  paste: (at: CellRange, pasted: Pasted) => CellRange | undefined;
  undo: () => void;
  redo: () => void;
  /** Somebody tried to type where nothing can be changed; the row is undefined while it is not loaded. */
  locked: (column: string, row: Row | undefined) => void;
}

/** What a copy puts on the clipboard. */
export interface Copied {
  text: string;
  cells?: string;
}

/** The kind of clipboard data that only our own sheets read. */
export const kCellsType = 'application/x-daifuku-cells';
