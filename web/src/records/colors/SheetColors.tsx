import { useMemo } from 'react';
import type { ListQuery, ObjectMeta, RecordWindow } from '@/api';
import { isHeading } from '../groups/groupLayout';
import { isNew } from '../sheet/newRows';
import type { ColorRule } from './colorRules';
import { type Paint, RowColors } from './RowColors';

interface SheetColorsProps {
  object: ObjectMeta;
  query: ListQuery;
  rules: readonly ColorRule[];
  rows: RecordWindow;
  /** Rows on and around the screen, from the begin of a portion of `size`. */
  range: { first: number; last: number };
  size: number;
  onPaint: (paint: Paint | undefined) => void;
}

/** The colours of what a sheet shows, asked for in the portions that its rows are read in. */
export function SheetColors({ rows, range, size, ...rest }: SheetColorsProps) {
  const text = portions(rows, range, size);
  const pages = useMemo(
    () => text.split('\n').map((ids) => ids.split(',').filter((id) => id !== '')),
    [text],
  );
  return <RowColors {...rest} pages={pages} />;
}

// As one text: the same while the same records are shown, however often the sheet is drawn.
function portions(rows: RecordWindow, range: { first: number; last: number }, size: number): string {
  const pages: string[] = [];
  for (let first = range.first; first <= range.last; first += size) {
    const records = rows.peek(first, Math.min(range.last, first + size - 1)) ?? [];
    pages.push(
      records
        .filter((record) => !isHeading(record) && !isNew(record.id))
        .map(({ id }) => id)
        .join(),
    );
  }
  return pages.join('\n');
}
