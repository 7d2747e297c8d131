// What a sheet reads of its own elements.
import type { PointerEvent } from 'react';
import { clampWidth } from './columnWidths';

// A text that is cut off is told whole by the browser while the mouse rests on its cell, and why the cell is coloured.
export function tellClipped(event: PointerEvent) {
  const cell = (event.target as Element).closest<HTMLElement>('[role="gridcell"]');
  if (!cell) return;
  const clipped = [cell, ...cell.querySelectorAll<HTMLElement>('*')].some(
    (each) => each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight + 1,
  );
  const told = [...(clipped ? [cell.innerText] : []), ...(cell.dataset.why ? [cell.dataset.why] : [])];
  if (told.length > 0) cell.title = told.join('\n');
  else cell.removeAttribute('title');
}

/** Scrolls sideways until the column is seen whole; the `frozen` first ones always are. */
export function revealColumn(
  element: HTMLElement,
  columns: readonly { width: number }[],
  column: number,
  frozen: number,
  gutter: number,
) {
  if (column === 0) {
    element.scrollLeft = 0;
    return;
  }
  if (column < frozen) return;
  const until = (end: number) => columns.slice(0, end).reduce((sum, { width }) => sum + width, gutter);
  const start = until(column);
  const end = start + (columns[column]?.width ?? 0);
  const covered = until(frozen);
  if (start < element.scrollLeft + covered) element.scrollLeft = start - covered;
  else if (end > element.scrollLeft + element.clientWidth) element.scrollLeft = end - element.clientWidth;
}

/** The width at which the heading and all cells of its column that are drawn are read whole. */
export function fittingWidth(head: HTMLElement): number {
  const grid = head.closest('[role$="grid"]');
  const at = head.getAttribute('aria-colindex');
  if (!grid || at === null) return clampWidth(head.offsetWidth);
  const box = document.createElement('div');
  box.style.cssText = 'position:absolute;visibility:hidden;width:max-content;height:0;overflow:hidden';
  for (const cell of [head, ...grid.querySelectorAll(`[role="gridcell"][aria-colindex="${at}"]`)]) {
    const copy = cell.cloneNode(true) as HTMLElement;
    copy.removeAttribute('id');
    copy.style.cssText = 'position:static;width:max-content;contain:none;overflow:visible';
    box.append(copy);
  }
  grid.append(box);
  const width = Math.ceil(box.getBoundingClientRect().width) + 2;
  box.remove();
  return clampWidth(width);
}
