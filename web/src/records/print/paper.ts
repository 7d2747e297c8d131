// How a list stands on a sheet of A4. Pure.
import type { FieldMeta } from '@/api';
import { kindOf } from '@/fields';

export type Orientation = 'portrait' | 'landscape';

/** More is a file, not paper. */
export const kMostPrinted = 2000;
/** As many as who may not export can copy. */
export const kMostUnexported = 200;

// What fits beside each other at the usual size of letters, in pixels of the screen.
const kPortrait = 760;
const kLandscape = 1120;

/** The columns' shares of the paper: as wide as on the screen, or as their kinds are. */
export function sharesOf(
  columns: readonly FieldMeta[],
  widths: Readonly<Record<string, number>> | undefined,
  title: string,
): { key: string; width: number }[] {
  return columns.map((field) => ({
    key: field.key,
    width: widths?.[field.key] ?? (field.key === title ? 220 : Math.max(70, kindOf(field.kind).width)),
  }));
}

/** Upright where the columns have room, else across. */
export function orientationFor(shares: readonly { width: number }[]): Orientation {
  return total(shares) <= kPortrait ? 'portrait' : 'landscape';
}

/** The size of the letters, in points: smaller where there are many columns, never too small to read. */
export function letterSize(shares: readonly { width: number }[], orientation: Orientation): number {
  const room = orientation === 'portrait' ? kPortrait : kLandscape;
  return Math.max(6.5, Math.min(9, Math.round((9 * room * 2) / total(shares)) / 2));
}

/** Width of a column on paper, in percent. */
export function percentOf(share: { width: number }, shares: readonly { width: number }[]): number {
  return Math.round((share.width / total(shares)) * 10_000) / 100;
}

function total(shares: readonly { width: number }[]): number {
  return shares.reduce((sum, { width }) => sum + width, 0);
}

/** The rule of the printed pages: numbers at their foot where the browser can. */
export function pageRule(orientation: Orientation): string {
  const numbers = 'content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555;';
  return `@page { size: A4 ${orientation}; margin: 12mm 10mm 14mm; @bottom-right { ${numbers} } }`;
}
