/** A heading on the screen, in pixels. */
export interface Edges {
  left: number;
  right: number;
}

export interface Drop {
  /** The column that it would come before; the count of columns for behind the last. */
  before: number;
  /** Where the line is drawn. */
  at: number;
}

/**
 * Where a column that is dragged would be dropped at `x`. The first `frozen` headings cover the others; the first heading of
 * all stays the first. Nothing where the column would stay where it is.
 */
export function dropAt(
  heads: readonly Edges[],
  frozen: number,
  x: number,
  dragged: number,
): Drop | undefined {
  const covered = frozen > 0 ? (heads[frozen - 1]?.right ?? 0) : Number.NEGATIVE_INFINITY;
  const under = x < covered ? { from: 0, to: frozen } : { from: frozen, to: heads.length };
  let drop: Drop | undefined;
  for (let index = under.from; index < under.to; ++index) {
    const head = heads[index] as Edges;
    if (x < (head.left + head.right) / 2) {
      drop = { before: index, at: head.left };
      break;
    }
    drop = { before: index + 1, at: head.right };
  }
  if (!drop) return undefined;
  if (drop.before === 0) drop = { before: 1, at: heads[0]?.right ?? 0 };
  if (drop.before === dragged || drop.before === dragged + 1) return undefined;
  return { before: drop.before, at: Math.max(drop.at, x < covered ? drop.at : covered) };
}
