// Where the rows of a grouped list stand: a heading, then its records unless the group is closed. Pure.
import type { RecordData } from '@/api';
import type { Group } from './grouping';

export interface Span {
  group: Group;
  /** The row of the heading. */
  start: number;
  /** Records below it; none while it is closed. */
  count: number;
  open: boolean;
  heading: RecordData;
}

export interface Layout {
  spans: Span[];
  /** Rows in all, headings among them. */
  rows: number;
}

export const noLayout: Layout = { spans: [], rows: 0 };

const kMark = 'group:';
export const kCount = '#count';

export function isHeading(record: Pick<RecordData, 'id'>): boolean {
  return record.id.startsWith(kMark);
}

export function layoutOf(
  groups: readonly Group[],
  isOpen: (group: Group) => boolean,
  headingOf: (group: Group) => RecordData,
): Layout {
  const spans: Span[] = [];
  let rows = 0;
  for (const group of groups) {
    const open = isOpen(group);
    const count = open ? group.numbers.count : 0;
    spans.push({ group, start: rows, count, open, heading: headingOf(group) });
    rows += 1 + count;
  }
  return { spans, rows };
}

/** The heading of a group as a row: its name and its sums stand where a record has its values. */
export function headingRecord(object: string, group: Group, title: string, name: string): RecordData {
  return {
    ...group.numbers.sums,
    // No field is called so: how many records there are, for its first cell.
    [kCount]: group.numbers.count,
    [title]: name,
    id: `${kMark}${group.key}`,
    object,
    version: -2,
    title: name,
    updated_at: '',
  };
}

/** The group that a row is in, and which of its records it is; -1 for the heading. */
export function placeOf(layout: Layout, row: number): { span: Span; at: number } | undefined {
  if (row < 0 || row >= layout.rows) return undefined;
  let low = 0;
  let high = layout.spans.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((layout.spans[middle]?.start ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const span = layout.spans[low];
  return span && { span, at: row - span.start - 1 };
}

/** The groups with rows in the range, and which of their records (inclusive; `first` above `last`: the heading alone). */
export function partsOf(
  layout: Layout,
  first: number,
  last: number,
): { span: Span; heading: boolean; first: number; last: number }[] {
  const parts: { span: Span; heading: boolean; first: number; last: number }[] = [];
  const begin = placeOf(layout, Math.max(0, first));
  if (!begin) return parts;
  for (let at = layout.spans.indexOf(begin.span); at < layout.spans.length; ++at) {
    const span = layout.spans[at];
    if (!span || span.start > last) break;
    parts.push({
      span,
      heading: span.start >= first,
      first: Math.max(0, first - span.start - 1),
      last: Math.min(span.count - 1, last - span.start - 1),
    });
  }
  return parts;
}
