import type { CSSProperties } from 'react';

/** A column that may take some of the room that is left over, up to a width at which its longest texts are read. */
interface Growing {
  width: number;
  growTo?: number;
}

/** How a column is drawn, in its heading and its cells. */
export interface PlacedColumn {
  style: CSSProperties;
  /** It stays as the others scroll; `edge` is the last that does. */
  frozen: 'inner' | 'edge' | undefined;
}

export const kHeaderHeight = 34;
export const kGutter = 84; // tick box and row number
const kNarrowest = 60;
const kWidest = 800;
// So much of the sheet must be left to what scrolls.
const kScrolling = 0.3;

/** A width that a person chose, as far as it can be had. */
export function clampWidth(width: number): number {
  return Math.max(kNarrowest, Math.min(kWidest, Math.round(width)));
}

/** Gives the room that the columns leave free to those that may grow: all by the same share of what they still want, so that a
 *  wide screen cuts no text that it has room for. Widths are whole pixels. */
export function spreadWidths<Column extends Growing>(columns: readonly Column[], room: number): Column[] {
  const spare = room - columns.reduce((sum, column) => sum + column.width, 0);
  const wanted = columns.reduce((sum, column) => sum + wish(column), 0);
  if (spare <= 0 || wanted === 0) return [...columns];
  const share = Math.min(1, spare / wanted);
  return columns.map((column) => ({ ...column, width: column.width + Math.floor(wish(column) * share) }));
}

function wish(column: Growing): number {
  return Math.max(0, (column.growTo ?? 0) - column.width);
}

/** How many of the columns that shall stay can: on a narrow screen something must be left to scroll. The first one always may. */
export function frozenInside(columns: readonly { width: number }[], wanted: number, room: number): number {
  let covered = 0;
  let count = 0;
  for (const { width } of columns.slice(0, Math.max(0, wanted))) {
    covered += width;
    if (count > 0 && covered > room * (1 - kScrolling)) break;
    ++count;
  }
  return count;
}

/** Where columns stand: those that stay are held at their distance from the left edge, behind `gutter` pixels. */
export function placed(
  columns: readonly { width: number }[],
  frozen: number,
  gutter: number,
): PlacedColumn[] {
  let left = gutter;
  return columns.map(({ width }, at) => {
    if (at >= frozen) return { style: { width }, frozen: undefined };
    const place = {
      style: { width, left },
      frozen: at === frozen - 1 ? ('edge' as const) : ('inner' as const),
    };
    left += width;
    return place;
  });
}
