import type { KeyboardEvent } from 'react';
import { type CellAt, type CellRange, type Picked, pickOne, rangeOf } from './cellRange';
import type { RowHeading } from './sheetTypes';

/** What the keys of a sheet act on. */
export interface KeyTarget {
  picked: Picked;
  rows: number;
  columns: number;
  page: number; // rows
  editable: boolean;
  /** Chooses, and brings `show` on the screen. */
  pick: (picked: Picked, show: CellAt) => void;
  /** Enter and Tab. */
  step: (along: 'down' | 'right', back: boolean) => void;
  tick: (row: number) => void;
  open: (row: number, fullPage: boolean) => void;
  /** Opens the editor with the cell's text, or with `text`. */
  edit: (text?: string) => void;
  enter: (text: string) => void; // as if it had been typed and confirmed
  clear: (range: CellRange) => void;
  /** The same into the other cells. */
  repeat: (from: CellRange, to: CellRange) => void;
  undo: () => void;
  redo: () => void;
  today: () => string;
}

/** Does what a key means while nothing is being typed; false when it means nothing here. */
export function pressKey(event: KeyboardEvent, sheet: KeyTarget): boolean {
  const jump = event.ctrlKey || event.metaKey;
  if (jump && commandKey(event, sheet)) return true;
  if (event.altKey)
    return event.key === 'ArrowDown' ? editing(sheet, () => sheet.edit()) : openKey(event, sheet);
  return moveKey(event, sheet, jump) || plainKey(event, sheet, jump);
}

/** Whether a key opens (true) or closes the group of a row; on its heading there are more such keys. */
export function foldKey(event: KeyboardEvent, heading: RowHeading | undefined): boolean | undefined {
  if (event.ctrlKey || event.metaKey) return undefined;
  if (event.altKey) return event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : undefined;
  if (!heading) return undefined;
  if (event.key === '+') return true;
  if (event.key === '-') return false;
  return event.key === ' ' && !event.shiftKey ? !heading.expanded : undefined;
}

function editing(sheet: KeyTarget, act: () => void): boolean {
  if (!sheet.editable) return false;
  act();
  return true;
}

function openKey(event: KeyboardEvent, sheet: KeyTarget): boolean {
  if (event.key !== 'Enter') return false;
  sheet.open(sheet.picked.active.row, false);
  return true;
}

function moveKey(event: KeyboardEvent, sheet: KeyTarget, jump: boolean): boolean {
  const { picked, rows, columns, page } = sheet;
  const from = event.shiftKey ? picked.head : picked.active;
  const lastRow = rows - 1;
  const lastColumn = columns - 1;
  const to: Record<string, CellAt> = {
    ArrowDown: { ...from, row: jump ? lastRow : from.row + 1 },
    ArrowUp: { ...from, row: jump ? 0 : from.row - 1 },
    ArrowRight: { ...from, column: jump ? lastColumn : from.column + 1 },
    ArrowLeft: { ...from, column: jump ? 0 : from.column - 1 },
    PageDown: { ...from, row: from.row + page },
    PageUp: { ...from, row: from.row - page },
    Home: { row: jump ? 0 : from.row, column: 0 },
    End: { row: jump ? lastRow : from.row, column: lastColumn },
  };
  const wanted = to[event.key];
  if (!wanted) return false;
  const at = {
    row: Math.max(0, Math.min(lastRow, wanted.row)),
    column: Math.max(0, Math.min(lastColumn, wanted.column)),
  };
  sheet.pick(event.shiftKey ? { ...picked, head: at } : pickOne(at), at);
  return true;
}

function plainKey(event: KeyboardEvent, sheet: KeyTarget, jump: boolean): boolean {
  const { picked } = sheet;
  const range = rangeOf(picked);
  switch (event.key) {
    case 'Enter':
      if (jump || !sheet.editable) sheet.open(picked.active.row, jump);
      else sheet.step('down', event.shiftKey);
      return true;
    case 'Tab':
      if (!sheet.editable) return false;
      sheet.step('right', event.shiftKey);
      return true;
    case 'F2':
      return editing(sheet, () => sheet.edit());
    case 'Backspace':
      return editing(sheet, () => sheet.edit(''));
    case 'Delete':
      return editing(sheet, () => sheet.clear(range));
    case ' ':
      if (jump) {
        sheet.pick(
          {
            ...picked,
            anchor: { row: 0, column: range.left },
            head: { row: sheet.rows - 1, column: range.right },
          },
          picked.active,
        );
      } else if (event.shiftKey) {
        sheet.pick(
          {
            ...picked,
            anchor: { row: range.top, column: 0 },
            head: { row: range.bottom, column: sheet.columns - 1 },
          },
          picked.active,
        );
      } else {
        sheet.tick(picked.active.row);
      }
      return true;
    default:
      return false;
  }
}

// Ctrl with a letter, ⌘ on Apple keyboards.
function commandKey(event: KeyboardEvent, sheet: KeyTarget): boolean {
  // With more keys it is the browser's, or AltGr.
  if (event.altKey || (event.shiftKey && event.key.toLowerCase() !== 'z')) return false;
  const { picked } = sheet;
  const range = rangeOf(picked);
  switch (event.key.toLowerCase()) {
    case 'a':
      sheet.pick(
        {
          ...picked,
          anchor: { row: 0, column: 0 },
          head: { row: sheet.rows - 1, column: sheet.columns - 1 },
        },
        picked.active,
      );
      return true;
    case 'z':
      return editing(sheet, event.shiftKey ? sheet.redo : sheet.undo);
    case 'y':
      return editing(sheet, sheet.redo);
    case ';':
      return editing(sheet, () => sheet.enter(sheet.today()));
    // From the line above, or the column before; of several cells the first goes into the others.
    case 'd':
      return editing(sheet, () => {
        const from = range.top === range.bottom ? range.top - 1 : range.top;
        if (from >= 0) sheet.repeat({ ...range, top: from, bottom: from }, { ...range, top: from + 1 });
      });
    case 'r':
      return editing(sheet, () => {
        const from = range.left === range.right ? range.left - 1 : range.left;
        if (from >= 0) sheet.repeat({ ...range, left: from, right: from }, { ...range, left: from + 1 });
      });
    default:
      return false;
  }
}
