import { useCallback, useMemo, useState } from 'react';
import {
  type FieldMeta,
  isGone,
  type ListQuery,
  type ObjectMeta,
  type RecordData,
  useRecordWindow,
} from '@/api';
import { isWordy, kindOf } from '@/fields';
import type { CellAt, CellRange } from '@/grid/cellRange';
import type { RowSelection } from '@/grid/rowSelection';
import { Sheet } from '@/grid/Sheet';
import type { SheetColumn } from '@/grid/sheetTypes';
import { today, useLocalStorage, useTexts } from '@/ui';
import { cycleSort, parseSort, writeSort } from '../listState';
import { cellText } from '../sheet/cellValues';
import { SheetStatus } from '../sheet/SheetStatus';
import classes from '../sheet/sheet.module.css';
import { useSheetEditing } from '../sheet/useSheetEditing';

interface ListSheetProps {
  object: ObjectMeta;
  columns: FieldMeta[];
  query: ListQuery;
  sort: string;
  onSort: (sort: string) => void;
  roomy: boolean;
  current?: string;
  onOpen: (record: RecordData, fullPage: boolean) => void;
  onActive: (record: RecordData) => void;
  selection: RowSelection;
  onSelection: (selection: RowSelection) => void;
}

const kStep = 5000;
const kRowMark = '#row#';
/** Rows read at once. */
export const kPage = 100;
// A page is read before its first row is seen.
const kAhead = 40;
// Names and free texts are as long as they are; numbers, dates and choices fit.
const longTexts = new Set<FieldMeta['comparison']>(['text', 'link']);
const noWidths: Record<string, number> = {};

/** The records of an object as a sheet; the title stands first and stays on the screen. */
export function ListSheet(props: ListSheetProps) {
  const { object, columns: fields } = props;
  const { t, label, language } = useTexts();
  const [widths, setWidths] = useLocalStorage<Record<string, number>>({
    key: `daifuku-widths-${object.key}`,
    defaultValue: noWidths,
  });
  const [range, setRange] = useState({ first: 0, last: kPage - 1 });
  const rows = useRecordWindow(object, props.query, range, kPage);
  // A bounded total ("10,000 or more") grows as the list is read past it.
  const [grown, setGrown] = useState(0);
  // Other columns are another question with the same rows.
  const [total, setTotal] = useState(rows.total);
  if (rows.total && rows.total !== total) setTotal(rows.total);
  const count = total?.count ?? 0;
  const exact = total?.exact !== false;
  const reach = Math.max(count, grown);
  const rowCount = exact ? count : Math.min(reach, rows.end ?? Number.POSITIVE_INFINITY);
  const onWindow = useCallback(
    (first: number, last: number) => {
      // The sheet asks on every frame of a scroll; something changes only when other pages of rows are needed.
      const from = Math.max(0, first - kAhead);
      const to = Math.max(0, Math.min(last + kAhead, rowCount - 1));
      const wanted = { first: from - (from % kPage), last: to - (to % kPage) + kPage - 1 };
      setRange((now) => (now.first === wanted.first && now.last === wanted.last ? now : wanted));
      if (!exact && last >= reach - 200) setGrown(reach + kStep);
    },
    [exact, reach, rowCount],
  );

  const gone = t('records.sheet.gone');
  const sortKeys = useMemo(() => parseSort(props.sort), [props.sort]);
  const columns = useMemo(() => {
    const title = object.fields.find((field) => field.key === object.title);
    const first: SheetColumn<RecordData> = {
      key: object.title,
      label: title ? label(title.label) : label(object.label),
      width: widths[object.title] ?? 240,
      growTo: object.title in widths ? undefined : 420,
      sortable: title?.sortable ?? false,
      render: (row) => <span style={ellipsis}>{isGone(row) ? gone : titleOf(row, object.title)}</span>,
    };
    const rest = fields.map((field): SheetColumn<RecordData> => {
      const kind = kindOf(field.kind);
      const Cell = kind.Cell;
      return {
        key: field.key,
        label: label(field.label),
        width:
          widths[field.key] ?? Math.max(kind.width, 34 + label(field.label).length * 13, optionsWidth(field)),
        growTo: field.key in widths || !longTexts.has(field.comparison) ? undefined : 260,
        align: kind.align,
        sortable: field.sortable ?? false,
        render: (row) => <Cell field={field} value={row[field.key]} place="row" />,
      };
    });
    return [first, ...rest].map((column) => {
      const at = sortKeys.findIndex((key) => key.field === column.key);
      const key = sortKeys[at];
      if (!key) return column;
      return {
        ...column,
        sort: key.descending ? ('descending' as const) : ('ascending' as const),
        sortRank: sortKeys.length > 1 ? at + 1 : undefined,
      };
    });
  }, [object, fields, widths, label, sortKeys, gone]);
  const shownFields = useMemo(() => {
    const title = object.fields.find((field) => field.key === object.title);
    // A title that cannot be read is no field of the sheet, but its column stands there.
    return [title ?? noTitle, ...fields];
  }, [object, fields]);
  const [picked, setPicked] = useState<CellRange>(kCorner);
  const [goal, setGoal] = useState<CellAt>();
  const sheet = useSheetEditing({ object, query: props.query, fields: shownFields, rows, rowCount });
  const textOf = (record: RecordData, column: string) =>
    column === object.title
      ? titleOf(record, column)
      : cellText(
          record,
          fields.find((field) => field.key === column),
          language,
        );

  // Said of every row that is drawn: the text is looked up once.
  const selectRow = useMemo(() => {
    const text = t('records.list.selectRow', { row: kRowMark });
    return (row: number) => text.replace(kRowMark, String(row));
  }, [t]);
  const texts = useMemo(
    () => ({
      label: label(object.plural_label),
      selectAll: t('records.list.selectAll'),
      selectRow,
      rowNumber: t('records.list.rowNumber'),
      resize: (column: string) => t('records.list.resize', { column }),
      help: t('records.sheet.help'),
      cell: (column: string, row: number, text: string) => t('records.sheet.cell', { column, row, text }),
      suggestions: t('records.sheet.suggestions'),
    }),
    [t, label, object, selectRow],
  );

  return (
    <div className={classes.whole}>
      <div className={classes.grid}>
        <Sheet
          texts={texts}
          columns={columns}
          rowCount={rowCount}
          countKnown={exact || rows.end !== undefined}
          row={sheet.row}
          rowId={idOf}
          rowHeight={props.roomy ? 42 : 30}
          current={props.current}
          selection={props.selection}
          onSelection={props.onSelection}
          onWindow={onWindow}
          onOpen={props.onOpen}
          onActive={props.onActive}
          onSort={(field, add) => props.onSort(writeSort(cycleSort(sortKeys, field, add)))}
          onResize={(key, width) => setWidths((now) => ({ ...now, [key]: width }))}
          cellText={textOf}
          onCopy={sheet.onCopy}
          onPicked={setPicked}
          reach={goal}
          editing={sheet.editing}
          today={() => today().replaceAll('-', '/')}
        />
      </div>
      <SheetStatus
        object={object}
        query={props.query}
        fields={shownFields}
        rows={rows}
        edits={sheet.edits}
        editable={sheet.editing !== undefined}
        picked={picked}
        onReach={setGoal}
      />
    </div>
  );
}

// Choices that are shown as words are as wide as the longest of them, within reason.
function optionsWidth(field: FieldMeta): number {
  if (!isWordy(field)) return 0;
  const longest = Math.max(...(field.options ?? []).map((option) => option.label.ja.length));
  return Math.min(170, 24 + longest * 13);
}

// The title as it is being changed, where it is a field of its own; of the record else (a name made of its parts).
function titleOf(record: RecordData, key: string): string {
  const typed = record[key];
  return typeof typed === 'string' && typed !== '' ? typed : record.title;
}

const kCorner: CellRange = { top: 0, left: 0, bottom: 0, right: 0 };
const noTitle = { id: 0, key: '', kind: 'text', label: { ja: '', en: '' }, read_only: true } as FieldMeta;
const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis' } as const;

function idOf(record: RecordData): string {
  return record.id;
}
