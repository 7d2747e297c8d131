// Which rows are ticked, by id. Rows ticked while far apart are loaded or not: only loaded rows can be ticked, since
// an unknown row has no id. "Everything that matches" is said by the caller, not here.
export interface RowSelection {
  ids: ReadonlySet<string>;
  anchor: number | null; // row a shift range starts from
}

export const noRows: RowSelection = { ids: new Set(), anchor: null };

export function toggleRow(selection: RowSelection, row: number, id: string): RowSelection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: row };
}

// Ticks from the anchor to `row`. Answers how many rows of the range were not loaded and so stay out, for the message.
export function extendRows(
  selection: RowSelection,
  row: number,
  idAt: (row: number) => string | undefined,
): { selection: RowSelection; missing: number } {
  const anchor = selection.anchor ?? row;
  const ids = new Set(selection.ids);
  let missing = 0;
  for (let at = Math.min(anchor, row); at <= Math.max(anchor, row); ++at) {
    const id = idAt(at);
    if (id === undefined) ++missing;
    else ids.add(id);
  }
  return { selection: { ids, anchor }, missing };
}

export function toggleAll(selection: RowSelection, loaded: readonly string[]): RowSelection {
  const all = loaded.length > 0 && loaded.every((id) => selection.ids.has(id));
  return all ? noRows : { ids: new Set([...selection.ids, ...loaded]), anchor: selection.anchor };
}
