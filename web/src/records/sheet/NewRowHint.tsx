import type { ObjectMeta, Values } from '@/api';
import { Duplicates } from '../Duplicates';
import { useDuplicates } from '../useDuplicates';
import { valuesToCreate } from './newRows';
import type { CellEdit } from './sheetEdits';

interface NewRowHintProps {
  object: ObjectMeta;
  cells: Readonly<Record<string, CellEdit>>;
}

/** Whether the customer of a new row is in the ledger already: told while the row is typed, as on the form. */
export function NewRowHint({ object, cells }: NewRowHintProps) {
  const typed: Values = {};
  for (const [field, { value }] of Object.entries(cells)) if (value !== undefined) typed[field] = value;
  const found = useDuplicates(object, valuesToCreate(object, {}, typed));
  // Names that only begin alike are for a name that is still being typed.
  return <Duplicates object={object} found={{ ...found, begins: [] }} />;
}
