import { type MouseEvent as ReactMouseEvent, type RefObject, useEffect, useRef } from 'react';
import type { CellAt } from './cellRange';

interface CellDrag {
  frame: RefObject<HTMLDivElement | null>;
  /** The mouse went down on a cell, its row number (column -1) or the fill handle. */
  onStart: (at: CellAt, how: 'cells' | 'fill', event: ReactMouseEvent) => void;
  onMove: (at: CellAt, how: 'cells' | 'fill') => void;
  onEnd: (how: 'cells' | 'fill') => void;
}

const kEdge = 24; // pixels from the edge where the sheet begins to scroll
const kFastest = 40; // pixels a frame

/** The cell an element stands in; column -1 is the row number. */
export function cellOf(element: Element | null): CellAt | undefined {
  const cell = element?.closest('[role="gridcell"],[role="rowheader"]');
  const row = cell?.closest('[role="row"]');
  if (!cell || !row) return undefined;
  return {
    row: Number(row.getAttribute('aria-rowindex')) - 2,
    column: cell.role === 'rowheader' ? -1 : Number(cell.getAttribute('aria-colindex')) - 2,
  };
}

/** Follows the mouse from cell to cell, and scrolls the sheet where it is held at an edge. */
export function useCellDrag(drag: CellDrag) {
  const latest = useRef(drag);
  latest.current = drag;
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  return (event: ReactMouseEvent) => {
    const target = event.target as Element;
    const at = cellOf(target);
    if (event.button !== 0 || !at || target.tagName === 'INPUT') return;
    // The focus stays in the editor, and no text is marked.
    event.preventDefault();
    const how = target.hasAttribute('data-handle') ? ('fill' as const) : ('cells' as const);
    latest.current.onStart(at, how, event);

    let point = { x: event.clientX, y: event.clientY };
    let frame: number | undefined;
    const reach = () => {
      const box = latest.current.frame.current?.getBoundingClientRect();
      if (!box) return;
      // Above its edge the row next to it counts.
      const x = Math.max(box.left + 2, Math.min(box.right - 18, point.x));
      const y = Math.max(box.top + 36, Math.min(box.bottom - 18, point.y));
      const over = cellOf(document.elementFromPoint(x, y));
      if (over) latest.current.onMove(over, how);
    };
    const scroll = () => {
      frame = undefined;
      const element = latest.current.frame.current;
      const box = element?.getBoundingClientRect();
      if (!element || !box) return;
      const pull = (place: number, low: number, high: number) =>
        place < low ? Math.max(-kFastest, place - low) : place > high ? Math.min(kFastest, place - high) : 0;
      const down = pull(point.y, box.top + 34 + kEdge, box.bottom - kEdge);
      const right = pull(point.x, box.left + kEdge, box.right - kEdge);
      if (down === 0 && right === 0) return;
      element.scrollBy(right, down);
      reach();
      frame = requestAnimationFrame(scroll);
    };
    const move = (moved: MouseEvent) => {
      if (Math.abs(moved.clientX - event.clientX) + Math.abs(moved.clientY - event.clientY) < 4 && !frame)
        return;
      point = { x: moved.clientX, y: moved.clientY };
      reach();
      frame ??= requestAnimationFrame(scroll);
    };
    const end = () => {
      stop.current?.();
      latest.current.onEnd(how);
    };
    stop.current = () => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', end);
      if (frame !== undefined) cancelAnimationFrame(frame);
      stop.current = undefined;
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', end);
  };
}
