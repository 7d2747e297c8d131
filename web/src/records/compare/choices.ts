import type { Choices, ComparedCell, ComparedRow } from '@/api';

export const noChoices: Choices = { changes: true, conflicts: false, add: true, remove: false, except: {} };

/** Whether a row needs a look before it is added: the lump does not take it. */
export function needsLook(row: ComparedRow): boolean {
  return row.code !== undefined || (row.candidates?.length ?? 0) > 0;
}

export function takesCell(choices: Choices, row: ComparedRow, cell: ComparedCell): boolean {
  if (cell.state !== 'change' && cell.state !== 'conflict') return false;
  const exception = choices.except[row.row];
  if (typeof exception === 'boolean') return exception;
  return exception?.[cell.field] ?? (cell.state === 'conflict' ? choices.conflicts : choices.changes);
}

export function takesRow(choices: Choices, row: ComparedRow): boolean {
  if (!row.possible || !row.seen) return false;
  const exception = choices.except[row.row];
  if (typeof exception === 'boolean') return exception;
  return row.kind === 'remove' ? choices.remove : choices.add && !needsLook(row);
}

export function withCell(choices: Choices, row: ComparedRow, field: string, take: boolean): Choices {
  const before = choices.except[row.row];
  const cells = typeof before === 'object' ? before : {};
  return { ...choices, except: { ...choices.except, [row.row]: { ...cells, [field]: take } } };
}

export function withRow(choices: Choices, row: ComparedRow, take: boolean): Choices {
  return { ...choices, except: { ...choices.except, [row.row]: take } };
}

/** A decision for all of a kind takes the place of those made one by one. */
export function withAll(
  choices: Choices,
  kind: 'changes' | 'conflicts' | 'add' | 'remove',
  take: boolean,
): Choices {
  return { ...choices, [kind]: take, except: {} };
}
