import { useMemo } from 'react';
import {
  type FieldMeta,
  type FieldValue,
  isGone,
  type ListQuery,
  type ObjectMeta,
  type RecordData,
  type RecordWindow,
} from '@/api';
import { continued, isEmpty, kindOf } from '@/fields';
import { type CellRange, columnsIn, isOneCell, rowsIn } from '@/grid/cellRange';
import type { Copied, Pasted, SheetEditing, Typed } from '@/grid/sheetTypes';
import { readTsv, writeTsv } from '@/grid/tsv';
import { joinList, notifyDone, notifyError, useConfirm, useTexts, useUnsaved } from '@/ui';
import { isEditable } from '../fieldGroups';
import { isHeading } from '../groups/groupLayout';
import { CellBubble } from './CellBubble';
import { cellText, isCopyable, plainText, readText, safeText, sameSort } from './cellValues';
import { NewRowHint } from './NewRowHint';
import { isEditableNew, isNew, withRowsBehind } from './newRows';
import { type CellChange, marksOf, openCells, overlay } from './sheetEdits';
import { useNewRows } from './useNewRows';
import { type SheetEdits, useSheetEdits } from './useSheetEdits';

/** The server takes as many at once, and nobody looks through more. */
export const kMostRows = 10_000;
// Who may not export copies what fits on a few screens, no more.
const kMostUnexported = 200;
const kAskNew = 20;
// A suggestion that only tells how the text was read.
const kRead = 'read';
// More than is seen at once is asked about first.
const kAskRows = 200;

/** Cells on the clipboard, for another sheet of ours. */
interface OwnCells {
  fields: FieldMeta[];
  /** null: what may not be carried on; a value of undefined is a name that was still being looked up. */
  values: ({ value: FieldValue } | null)[][];
}

// What was copied last. The clipboard itself carries only its name: other pages could put anything there in our form.
const copied = { name: '', cells: undefined as OwnCells | undefined };

interface SheetOwner {
  object: ObjectMeta;
  query: ListQuery;
  /** Of the sheet's columns, in their order; the title first. */
  fields: FieldMeta[];
  rows: RecordWindow;
  rowCount: number;
  /** Whether that is all there are: new rows stand behind the last one. */
  ended: boolean;
}

export interface EditableSheet {
  /** Absent: nothing can be changed here. */
  editing: SheetEditing<RecordData> | undefined;
  edits: SheetEdits;
  /** The list, and behind it the rows that are no part of it yet. */
  rows: RecordWindow;
  rowCount: number;
  row: (index: number) => RecordData | undefined;
  onCopy: (range: CellRange) => Copied | undefined;
}

/** What a list's sheet does with what is typed, pasted, filled and copied. */
export function useSheetEditing({
  object,
  query,
  fields,
  rows: listed,
  rowCount,
  ended,
}: SheetOwner): EditableSheet {
  const { t, label, language } = useTexts();
  const confirm = useConfirm();
  const changeable = object.permissions.update && !query.deleted;
  const creatable = changeable && object.permissions.create && ended;
  const newRows = useNewRows(object, query, creatable);
  const edits = useSheetEdits(object, query, newRows);
  const rows = useMemo(
    () => withRowsBehind(listed, rowCount, newRows.behind),
    [listed, rowCount, newRows.behind],
  );
  useUnsaved(edits.pending > 0 || edits.drafts > 0 || openCells(edits.edits).length > 0, {
    keeps: sameRows,
    settle: edits.settle,
  });
  const field = (column: string) => fields.find((each) => each.key === column);
  const canType = (record: RecordData, each: FieldMeta) =>
    isNew(record.id)
      ? isEditableNew(object, each)
      : isEditable(each) && !isGone(record) && !isHeading(record);

  /** Calls `act` with the records of the rows, read first where they are not here yet. */
  const withRows = (range: CellRange, act: (records: RecordData[]) => void) => {
    if (rowsIn(range) > kMostRows) {
      notifyDone(t('records.sheet.tooMany', { most: kMostRows.toLocaleString('en-US') }));
      return;
    }
    const here = rows.peek(range.top, range.bottom);
    if (here) {
      act(here);
      return;
    }
    // Loading could bring other rows into these places.
    edits.hold();
    rows.load(range.top, range.bottom).then(act, notifyError);
  };

  /** The same for what goes on from row to row: it must not go over the heading of a group, which takes nothing. */
  const withRowsTogether = (range: CellRange, act: (records: RecordData[]) => void) =>
    withRows(range, (records) => {
      if (records.some(isHeading)) notifyDone(t('records.groups.across'));
      else act(records);
    });

  /** What stands in a cell, typed or saved: a name that is still being looked up has no value yet. */
  const contentOf = (record: RecordData, each: FieldMeta): { text: string; value: FieldValue } => {
    const open = edits.edits.get(record.id)?.[each.key];
    if (open) return { text: open.text, value: open.value };
    return { text: cellText(record, each, language), value: record[each.key] ?? null };
  };
  /** What `source` holds, as it goes into a cell of `target`. */
  const carried = (
    record: RecordData,
    target: FieldMeta,
    source: FieldMeta,
    from: RecordData,
  ): CellChange[] => {
    if (!isCopyable(from, source)) return [];
    const { text, value } = contentOf(from, source);
    const same = value !== undefined && sameSort(source, target);
    return [{ record, field: target, text, value: same ? value : readText(text, target) }];
  };

  /** Sends the cells; many rows only after the count was agreed to. */
  const send = async (changes: CellChange[], notes: string[], ask: boolean) => {
    const may = changes.filter(({ record, field: each }) => canType(record, each));
    const lockedCells = changes.length - may.length;
    const told = [
      ...notes,
      ...(lockedCells > 0 ? [t('records.sheet.lockedCells', { count: lockedCells })] : []),
    ];
    const fresh = new Set(may.map(({ record }) => record.id).filter((id) => isNew(id)));
    if (fresh.size > kAskNew) {
      const sure = await confirm({
        title: t('records.sheet.confirmNew', { count: fresh.size.toLocaleString('en-US') }),
        message: t('records.sheet.confirmNewHelp'),
        confirm: t('records.sheet.confirmNewDo'),
      });
      if (!sure) {
        newRows.drop([...fresh]);
        return;
      }
    }
    const count = new Set(may.map(({ record }) => record.id)).size;
    if (ask && count > kAskRows) {
      const names = [...new Set(may.map(({ field: each }) => label(each.label)))];
      const sure = await confirm({
        title: t('records.sheet.confirmTitle', { count: count.toLocaleString('en-US') }),
        message: t('records.sheet.confirmHelp', { names: joinList(names, language) }),
        confirm: t('records.sheet.confirm'),
      });
      if (!sure) return;
    }
    if (told.length > 0) notifyDone(told.join('\n'));
    edits.apply(may);
  };

  const commit = (range: CellRange, typed: Typed, at: { row: RecordData; column: string }) => {
    const entry = (record: RecordData, each: FieldMeta): CellChange => {
      // A suggestion is of the column that it was offered for.
      if (typed.picked && each.key === at.column) {
        const text = typed.picked.key === kRead ? typed.text : typed.picked.label;
        return { record, field: each, text, value: typed.picked.value as FieldValue };
      }
      const text = plainText(typed.text);
      return { record, field: each, text, value: readText(text, each) };
    };
    const typedInto = field(at.column);
    if (isOneCell(range)) {
      if (typedInto) void send([entry(at.row, typedInto)], [], false);
      return;
    }
    const columns = fields.slice(range.left, range.right + 1);
    withRows(range, (records) => {
      void send(
        records.filter(isRow).flatMap((record) => columns.map((each) => entry(record, each))),
        [],
        true,
      );
    });
  };

  const clear = (range: CellRange) =>
    withRows(range, (records) => {
      const columns = fields.slice(range.left, range.right + 1).filter((each) => isEditable(each));
      if (columns.length === 0) locked(fields[range.left]?.key ?? '', records[0]);
      const changes = records.filter(isRow).flatMap((record) =>
        columns
          .filter((each) => {
            const { text, value } = contentOf(record, each);
            return isCopyable(record, each) && !(isEmpty(value) && text === '');
          })
          .map((each): CellChange => ({ record, field: each, text: '', value: null })),
      );
      void send(changes, [], true);
    });

  const fill = (from: CellRange, to: CellRange, series: boolean) => {
    const whole = { ...from, top: Math.min(from.top, to.top), bottom: Math.max(from.bottom, to.bottom) };
    withRowsTogether(whole, (records) => {
      const at = (row: number) => records[row - whole.top] as RecordData;
      const changes =
        to.left === from.left && to.right === from.right
          ? filledDown(from, to, series, at)
          : filledAcross(from, to, at);
      void send(changes, [], true);
    });
  };
  const filledDown = (
    from: CellRange,
    to: CellRange,
    series: boolean,
    at: (row: number) => RecordData,
  ): CellChange[] => {
    // Upwards everything is the other way round.
    const inOrder = (rows: number[]) => (to.top < from.top ? rows.reverse() : rows);
    const sources = inOrder(upTo(from.top, from.bottom)).map(at);
    const targets = inOrder(upTo(to.top, to.bottom)).map(at);
    return fields.slice(from.left, from.right + 1).flatMap((column) => {
      const kind = kindOf(column.kind);
      const values = sources.map((record) => contentOf(record, column).value);
      const next =
        series && values.every((value) => value !== undefined)
          ? continued(values, targets.length, kind.series)
          : undefined;
      return targets.flatMap((target, place) => {
        const source = sources[place % sources.length] as RecordData;
        const value = next?.[place];
        if (value === undefined || value === contentOf(source, column).value)
          return carried(target, column, column, source);
        const text = (kind.edit ?? kind.text)(value, column, language);
        return [{ record: target, field: column, text, value }];
      });
    });
  };
  const filledAcross = (from: CellRange, to: CellRange, at: (row: number) => RecordData): CellChange[] => {
    const sources = fields.slice(from.left, from.right + 1);
    return upTo(from.top, from.bottom).flatMap((row) =>
      fields.slice(to.left, to.right + 1).flatMap((target, place) => {
        const source = sources[place % sources.length];
        return source ? carried(at(row), target, source, at(row)) : [];
      }),
    );
  };

  const paste = (range: CellRange, pasted: Pasted): CellRange | undefined => {
    const own = pasted.cells === copied.name ? copied.cells : undefined;
    if (pasted.text === '' && !own) return undefined;
    const block = readTsv(pasted.text);
    const height = own?.values.length ?? block.length;
    const width = own?.fields.length ?? Math.max(...block.map((line) => line.length));
    // A block goes as often into the chosen rectangle as it fits there exactly; else once, from its corner.
    const tiles = rowsIn(range) % height === 0 && columnsIn(range) % width === 0;
    const wanted = tiles
      ? range
      : {
          top: range.top,
          left: range.left,
          bottom: range.top + height - 1,
          right: range.left + width - 1,
        };
    const end = rowCount + newRows.behind.length - 1;
    const beyond = Math.max(0, wanted.bottom - end);
    const target = {
      ...wanted,
      bottom: creatable ? wanted.bottom : Math.min(wanted.bottom, end),
      right: Math.min(wanted.right, fields.length - 1),
    };
    const notes = beyond > 0 && !creatable ? [t('records.sheet.beyond', { count: beyond })] : [];
    withRowsTogether({ ...target, bottom: Math.min(target.bottom, end) }, (here) => {
      const records = [...here, ...(creatable && beyond > 0 ? newRows.add(beyond) : [])];
      let hidden = 0;
      const changes = records.flatMap((record, row) =>
        fields.slice(target.left, target.right + 1).flatMap((each, column): CellChange[] => {
          const text = block[row % height]?.[column % width];
          const copy = own?.values[row % height]?.[column % width];
          // What was masked or hidden where it was copied says nothing here.
          if (copy === null) {
            hidden += 1;
            return [];
          }
          if (text === undefined && !copy) return [];
          const read = plainText(text ?? '');
          const source = own?.fields[column % width];
          // A value of ours comes along whole: a link to the very record, whatever its name.
          const same = source && copy && copy.value !== undefined && sameSort(source, each);
          return [{ record, field: each, text: read, value: same ? copy.value : readText(read, each) }];
        }),
      );
      if (hidden > 0) notes.push(t('records.sheet.hiddenCells', { count: hidden }));
      void send(changes, notes, false).then(() => edits.sendDrafts());
    });
    return target;
  };

  const onCopy = (range: CellRange): Copied | undefined => {
    const most = object.permissions.export ? kMostRows : kMostUnexported;
    if (rowsIn(range) > most) {
      notifyDone(t('records.sheet.copyTooMany', { most: most.toLocaleString('en-US') }));
      return undefined;
    }
    const records = rows.peek(range.top, range.bottom);
    if (!records) {
      // The clipboard is only open to the key itself: read now, copied with the next press.
      rows
        .load(range.top, range.bottom)
        .then((all) => notifyDone(t('records.sheet.copyLoaded', { count: all.length })), notifyError);
      return undefined;
    }
    const columns = fields.slice(range.left, range.right + 1);
    copied.name = `${Date.now()}-${Math.random()}`;
    copied.cells = {
      fields: columns,
      values: records.map((record) =>
        columns.map((each) => (isCopyable(record, each) ? { value: contentOf(record, each).value } : null)),
      ),
    };
    return {
      text: writeTsv(records.map((record) => columns.map((each) => safeText(contentOf(record, each).text)))),
      cells: copied.name,
    };
  };

  const locked = (column: string, record?: RecordData) =>
    notifyDone(
      record === undefined
        ? t('records.sheet.notYet')
        : isHeading(record)
          ? t('records.groups.locked')
          : isGone(record)
            ? t('records.sheet.lockedRow')
            : t('records.sheet.locked', { name: label(field(column)?.label) || column }),
    );

  const row = (index: number) => {
    const record = rows.row(index);
    return record && overlay(record, edits.edits);
  };

  const editing: SheetEditing<RecordData> | undefined = changeable
    ? {
        text: (record, column) => {
          const each = field(column);
          if (!each || !canType(record, each) || !isCopyable(record, each)) return undefined;
          const open = edits.edits.get(record.id)?.[column];
          return open && open.state === 'wrong' ? open.text : cellText(record, each, language);
        },
        multiline: (column) => kindOf(field(column)?.kind ?? 'text').multiline ?? false,
        suggest: (column, typed) => {
          const each = field(column);
          return each ? (kindOf(each.kind).suggest?.(typed, each, language) ?? []) : [];
        },
        mark: (record) => marksOf(edits.edits, record.id),
        bubble: (record, column) => {
          const open = edits.edits.get(record.id)?.[column];
          if (open && (open.state === 'wrong' || open.state === 'conflict'))
            return <CellBubble id={record.id} edit={open} edits={edits} />;
          const typed = isNew(record.id) ? edits.edits.get(record.id) : undefined;
          return typed && <NewRowHint object={object} cells={typed} />;
        },
        begin: edits.hold,
        commit,
        clear,
        fill,
        paste,
        undo: edits.undo,
        redo: edits.redo,
        locked,
      }
    : undefined;

  return { editing, edits, rows, rowCount: rowCount + newRows.behind.length, row, onCopy };
}

// Opening a record beside the list, or other columns, leaves what was typed where it is.
function sameRows(from: Record<string, unknown>, to: Record<string, unknown>): boolean {
  return ['filter', 'sort', 'q', 'deleted', 'view', 'as', 'group'].every(
    (key) => JSON.stringify(from[key]) === JSON.stringify(to[key]),
  );
}

const isRow = (record: RecordData) => !isHeading(record);

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
