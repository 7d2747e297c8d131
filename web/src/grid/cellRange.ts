// Which cells are chosen, as in Excel: one active cell, and a rectangle from an anchor to the cell last reached.

export interface CellAt {
  row: number;
  column: number;
}

/** A rectangle of cells, edges inclusive. */
export interface CellRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Picked {
  active: CellAt; // where typing goes
  anchor: CellAt; // the corner that stays
  head: CellAt; // the corner that moves with Shift or the mouse
}

export function pickOne(at: CellAt): Picked {
  return { active: at, anchor: at, head: at };
}

export function rangeOf({ anchor, head }: Picked): CellRange {
  return {
    top: Math.min(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    bottom: Math.max(anchor.row, head.row),
    right: Math.max(anchor.column, head.column),
  };
}

export function pickRange(range: CellRange, active?: CellAt): Picked {
  const anchor = { row: range.top, column: range.left };
  return { active: active ?? anchor, anchor, head: { row: range.bottom, column: range.right } };
}

export function rowsIn(range: CellRange): number {
  return range.bottom - range.top + 1;
}
export function columnsIn(range: CellRange): number {
  return range.right - range.left + 1;
}
export function isOneCell(range: CellRange): boolean {
  return rowsIn(range) === 1 && columnsIn(range) === 1;
}

/** `picked` inside a sheet of that size: lists grow shorter under a choice. */
export function keptInside(picked: Picked, rows: number, columns: number): Picked {
  const keep = ({ row, column }: CellAt): CellAt => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  const inside = [picked.active, picked.anchor, picked.head].every(
    (at) => at.row < rows && at.column < columns,
  );
  return inside
    ? picked
    : { active: keep(picked.active), anchor: keep(picked.anchor), head: keep(picked.head) };
}

/**
 * Where Enter and Tab lead: within a chosen rectangle around it line by line, else to the next cell.
 * `along` is the way of the key: down for Enter, right for Tab; `back` with Shift.
 */
export function stepped(picked: Picked, along: 'down' | 'right', back: boolean): Picked {
  const range = rangeOf(picked);
  const { row, column } = picked.active;
  const by = back ? -1 : 1;
  if (isOneCell(range)) {
    return pickOne(along === 'down' ? { row: row + by, column } : { row, column: column + by });
  }
  const height = rowsIn(range);
  const width = columnsIn(range);
  const count = height * width;
  // The place of the cell counted along the way of the key.
  const place =
    along === 'down'
      ? (column - range.left) * height + (row - range.top)
      : (row - range.top) * width + (column - range.left);
  const next = (place + by + count) % count;
  const active =
    along === 'down'
      ? { row: range.top + (next % height), column: range.left + Math.floor(next / height) }
      : { row: range.top + Math.floor(next / width), column: range.left + (next % width) };
  return { ...picked, active };
}

/** What a drag of the fill handle to `at` covers beyond `from`: down, up, right or left, whichever is farther. */
export function filledTo(from: CellRange, at: CellAt): CellRange | undefined {
  const down = at.row - from.bottom;
  const up = from.top - at.row;
  const right = at.column - from.right;
  const left = from.left - at.column;
  const most = Math.max(down, up, right, left);
  if (most <= 0) return undefined;
  if (most === down) return { ...from, top: from.bottom + 1, bottom: at.row };
  if (most === up) return { ...from, top: at.row, bottom: from.top - 1 };
  if (most === right) return { ...from, left: from.right + 1, right: at.column };
  return { ...from, left: at.column, right: from.left - 1 };
}
