import {
  type FieldMeta,
  type FieldValue,
  isGone,
  isReachable,
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
import { CellBubble } from './CellBubble';
import { cellText, isCopyable, plainText, readText, safeText, sameSort } from './cellValues';
import { type CellChange, marksOf, openCells, overlay } from './sheetEdits';
import { type SheetEdits, useSheetEdits } from './useSheetEdits';

/** The server takes as many at once, and nobody looks through more. */
export const kMostRows = 10_000;
// Who may not export copies what fits on a few screens, no more.
const kMostUnexported = 200;
// More than is seen at once is asked about first.
const kAskRows = 200;

/** Cells on the clipboard, for another sheet of ours. */
interface OwnCells {
  fields: { id: number; key: string; kind: string; target?: string | null }[];
  values: FieldValue[][];
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
}

export interface EditableSheet {
  /** Absent: nothing can be changed here. */
  editing: SheetEditing<RecordData> | undefined;
  edits: SheetEdits;
  row: (index: number) => RecordData | undefined;
  onCopy: (range: CellRange) => Copied | undefined;
}

/** What a list's sheet does with what is typed, pasted, filled and copied. */
export function useSheetEditing({ object, query, fields, rows, rowCount }: SheetOwner): EditableSheet {
  const { t, label, language } = useTexts();
  const confirm = useConfirm();
  const edits = useSheetEdits(object, query);
  // What is on its way arrives without the page, unless the line is down.
  useUnsaved(openCells(edits.edits).length > 0 || (edits.pending > 0 && !isReachable()), sameRows);
  const field = (column: string) => fields.find((each) => each.key === column);
  const changeable = object.permissions.update && !query.deleted;

  /** Calls `act` with the records of the rows, read first where they are not here yet. */
  const withRows = (range: CellRange, act: (records: RecordData[]) => void) => {
    if (rowsIn(range) > kMostRows) {
      notifyDone(t('records.sheet.tooMany', { most: kMostRows.toLocaleString('en-US') }));
      return;
    }
    const here = rows.peek(range.top, range.bottom);
    if (here) act(here);
    else rows.load(range.top, range.bottom).then(act, notifyError);
  };

  /** Sends the cells; many rows only after the count was agreed to. */
  const send = async (changes: CellChange[], notes: string[], ask: boolean) => {
    const may = changes.filter(({ record, field: each }) => isEditable(each) && !isGone(record));
    const lockedCells = changes.length - may.length;
    const told = [
      ...notes,
      ...(lockedCells > 0 ? [t('records.sheet.lockedCells', { count: lockedCells })] : []),
    ];
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

  const commit = (range: CellRange, typed: Typed) =>
    withRows(range, (records) => {
      const columns = fields.slice(range.left, range.right + 1);
      const changes = records.flatMap((record) =>
        columns.map((each): CellChange => {
          const text = plainText(typed.text);
          const value = typed.picked ? (typed.picked.value as FieldValue) : readText(text, each);
          return { record, field: each, text, value };
        }),
      );
      void send(changes, [], !isOneCell(range));
    });

  const clear = (range: CellRange) =>
    withRows(range, (records) => {
      const columns = fields.slice(range.left, range.right + 1).filter((each) => isEditable(each));
      if (columns.length === 0) locked(fields[range.left]?.key ?? '', records[0]);
      const changes = records.flatMap((record) =>
        columns
          .filter((each) => !isEmpty(overlay(record, edits.edits)[each.key]))
          .map((each): CellChange => ({ record, field: each, text: '', value: null })),
      );
      void send(changes, [], true);
    });

  const fill = (from: CellRange, to: CellRange) => {
    const whole = { ...from, top: Math.min(from.top, to.top), bottom: Math.max(from.bottom, to.bottom) };
    withRows(whole, (records) => {
      const shown = records.map((record) => overlay(record, edits.edits));
      const at = (row: number) => shown[row - whole.top] as RecordData;
      const changes: CellChange[] = [];
      const put = (
        record: RecordData,
        target: FieldMeta,
        source: FieldMeta,
        value: FieldValue,
        by: RecordData,
      ) => {
        if (!isCopyable(by, source)) return;
        const text = cellText({ ...by, [source.key]: value } as RecordData, source, language);
        changes.push({
          record,
          field: target,
          text,
          value: sameSort(source, target) ? value : readText(text, target),
        });
      };
      if (to.left === from.left && to.right === from.right) {
        const up = to.top < from.top;
        for (const column of fields.slice(from.left, from.right + 1)) {
          const sources = upTo(from.top, from.bottom).map(at);
          if (up) sources.reverse();
          const values = continued(
            sources.map((record) => record[column.key]),
            rowsIn(to),
            kindOf(column.kind).series,
          );
          const targets = upTo(to.top, to.bottom);
          if (up) targets.reverse();
          targets.forEach((row, place) => {
            put(at(row), column, column, values[place], sources[place % sources.length] as RecordData);
          });
        }
      } else {
        for (const row of upTo(from.top, from.bottom)) {
          const sources = fields.slice(from.left, from.right + 1);
          upTo(to.left, to.right).forEach((place, count) => {
            const source = sources[count % sources.length];
            const target = fields[place];
            if (source && target) put(at(row), target, source, at(row)[source.key], at(row));
          });
        }
      }
      void send(changes, [], true);
    });
  };

  const paste = (range: CellRange, pasted: Pasted): CellRange | undefined => {
    const own = pasted.cells === copied.name ? copied.cells : undefined;
    const block = readTsv(pasted.text);
    const height = block.length;
    const width = Math.max(...block.map((line) => line.length));
    if (pasted.text === '') return undefined;
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
    const target = {
      ...wanted,
      bottom: Math.min(wanted.bottom, rowCount - 1),
      right: Math.min(wanted.right, fields.length - 1),
    };
    const beyond = wanted.bottom - target.bottom;
    const notes = beyond > 0 ? [t('records.sheet.beyond', { count: beyond })] : [];
    withRows(target, (records) => {
      const changes = records.flatMap((record, row) =>
        fields.slice(target.left, target.right + 1).flatMap((each, column): CellChange[] => {
          const line = block[row % height] ?? [];
          const text = line[column % width];
          if (text === undefined) return [];
          const source = own?.fields[column % width];
          const value = own?.values[row % height]?.[column % width];
          const read = plainText(text);
          // A value of ours comes along whole: a link to the very record, whatever its name.
          const same = source && value !== undefined && sameSort(source as FieldMeta, each);
          return [{ record, field: each, text: read, value: same ? value : readText(read, each) }];
        }),
      );
      void send(changes, notes, false);
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
    const shown = records.map((record) => overlay(record, edits.edits));
    copied.name = `${Date.now()}-${Math.random()}`;
    copied.cells = {
      fields: columns.map(({ id, key, kind, target }) => ({ id, key, kind, target })),
      values: shown.map((record) =>
        columns.map((each) => (isCopyable(record, each) ? (record[each.key] ?? null) : undefined)),
      ),
    };
    return {
      text: writeTsv(
        shown.map((record) => columns.map((each) => safeText(cellText(record, each, language)))),
      ),
      cells: copied.name,
    };
  };

  const locked = (column: string, record?: RecordData) =>
    notifyDone(
      record === undefined
        ? t('records.sheet.notYet')
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
          if (!each || !isEditable(each) || isGone(record)) return undefined;
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
          if (!open || open.state === 'saving') return undefined;
          return <CellBubble id={record.id} edit={open} edits={edits} />;
        },
        commit,
        clear,
        fill,
        paste,
        undo: edits.undo,
        redo: edits.redo,
        locked,
      }
    : undefined;

  return { editing, edits, row, onCopy };
}

// Opening a record beside the list, or other columns, leaves what was typed where it is.
function sameRows(from: Record<string, unknown>, to: Record<string, unknown>): boolean {
  return ['filter', 'sort', 'q', 'deleted', 'view', 'as'].every(
    (key) => JSON.stringify(from[key]) === JSON.stringify(to[key]),
  );
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
