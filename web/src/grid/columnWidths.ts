/** A column that may take some of the room that is left over, up to a width at which its longest texts are read. */
interface Growing {
  width: number;
  growTo?: number;
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
