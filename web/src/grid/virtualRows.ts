// Row positions of a list of any length. Browsers cap the height of an element, so past kMaxPixels the scroll
// position is scaled: one pixel of the scroll bar then stands for several rows, while the rows on the screen keep
// their own height.
export const kMaxPixels = 15_000_000;

export interface RowWindow {
  first: number; // first row to draw
  last: number; // one past the last row to draw
  top: number; // y of `first` inside the scrolling area
}

export function contentHeight(rows: number, rowHeight: number): number {
  return Math.min(rows * rowHeight, kMaxPixels);
}

// How far the virtual content moves when the scroll bar moves one pixel.
function scale(rows: number, rowHeight: number, view: number): number {
  const real = rows * rowHeight - view;
  const shown = contentHeight(rows, rowHeight) - view;
  return shown > 0 && real > shown ? real / shown : 1;
}

export function visibleRows(
  rows: number,
  rowHeight: number,
  view: number,
  scrollTop: number,
  overscan: number,
): RowWindow {
  if (rows === 0 || view <= 0) return { first: 0, last: 0, top: 0 };
  const factor = scale(rows, rowHeight, view);
  const offset = Math.max(0, scrollTop) * factor;
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan);
  const last = Math.min(rows, Math.ceil((offset + view) / rowHeight) + overscan);
  return { first, last, top: scrollTop - (offset - first * rowHeight) };
}

// The rows first..last (exclusive) in the order of the slots they are drawn in: a row has the same slot as long as it is drawn.
export function rowsBySlot(first: number, last: number, slots: number): number[] {
  const rows: number[] = [];
  for (let slot = 0; slot < slots; ++slot) {
    const row = first + ((((slot - first) % slots) + slots) % slots);
    if (row < last) rows.push(row);
  }
  return rows;
}

// The scroll position that brings a row fully on the screen; the present one when it already is.
export function scrollToRow(
  row: number,
  rows: number,
  rowHeight: number,
  view: number,
  scrollTop: number,
): number {
  const factor = scale(rows, rowHeight, view);
  const offset = scrollTop * factor;
  const top = row * rowHeight;
  if (top < offset) return top / factor;
  if (top + rowHeight > offset + view) return (top + rowHeight - view) / factor;
  return scrollTop;
}

// Rows that a page key moves by: what is fully on the screen, less one for context.
export function pageStep(view: number, rowHeight: number): number {
  return Math.max(1, Math.floor(view / rowHeight) - 1);
}
