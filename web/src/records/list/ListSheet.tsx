import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
import { fittingWidth } from '@/grid/sheetDom';
import type { FoundCells, SheetColumn } from '@/grid/sheetTypes';
import { ErrorState, Text, today, useLocalStorage, useTexts } from '@/ui';
import type { Paint } from '../colors/RowColors';
// Not loaded when it is asked for: what is typed right behind Ctrl+F must not go into a cell.
import { type Asking, FindBar } from '../find/FindBar';
import { GroupHead } from '../groups/GroupHead';
import { isHeading } from '../groups/groupLayout';
import { useGroupedRows } from '../groups/useGroupedRows';
import { cycleSort, type ListState, parseSort, type RowLook, writeSort } from '../listState';
import { cellText } from '../sheet/cellValues';
import { isNew } from '../sheet/newRows';
import { SheetStatus } from '../sheet/SheetStatus';
import classes from '../sheet/sheet.module.css';
import { openCells, overlay } from '../sheet/sheetEdits';
import { useSheetEditing } from '../sheet/useSheetEditing';
import { ColumnHeadMenu } from './ColumnHeadMenu';
import { movedBefore, movedBy, withoutColumn } from './columnMoves';
import { ListSkeleton } from './ListSkeleton';

interface ListSheetProps {
  object: ObjectMeta;
  columns: FieldMeta[];
  query: ListQuery;
  sort: string;
  onSort: (sort: string) => void;
  /** What the view keeps of the columns and rows. */
  look: Pick<ListState, 'widths' | 'freeze' | 'colors' | 'group'> & { rows: RowLook };
  onLook: (part: Partial<ListState>) => void;
  current?: string;
  onOpen: (record: RecordData, fullPage: boolean) => void;
  onActive: (record: RecordData) => void;
  selection: RowSelection;
  onSelection: (selection: RowSelection) => void;
  /** Kept, but not shown: the screen is too narrow for it. */
  tucked: boolean;
  /** Another object each time that 表の中をさがす is asked for; nothing while it is closed. */
  finding: Asking | undefined;
  onFindEnd: () => void;
}

const SheetColors = lazy(() =>
  import('../colors/SheetColors').then((found) => ({ default: found.SheetColors })),
);

const kStep = 5000;
const kRowMark = '#row#';
const kTop = { first: 0, last: 0 };
/** Rows read at once. */
export const kPage = 100;
// A page is read before its first row is seen.
const kAhead = 40;
// Names and free texts are as long as they are; numbers, dates and choices fit.
const longTexts = new Set<FieldMeta['comparison']>(['text', 'link']);
const noWidths: Record<string, number> = {};
const rowHeights: Record<RowLook, number> = { compact: 30, roomy: 42, wrap: 46 };

/** The records of an object as a sheet; the title stands first and stays on the screen. */
export function ListSheet(props: ListSheetProps) {
  const { object, columns: fields, look, onLook } = props;
  const { t, label, language } = useTexts();
  // The view says it, else what was last chosen in this browser.
  const [usual, setUsual] = useLocalStorage<Record<string, number>>({
    key: `daifuku-widths-${object.key}`,
    defaultValue: noWidths,
  });
  const widths = useMemo(() => ({ ...usual, ...look.widths }), [usual, look.widths]);
  const onResize = (key: string, width: number) => {
    setUsual((now) => ({ ...now, [key]: width }));
    onLook({ widths: { ...look.widths, [key]: width } });
  };
  const [range, setRange] = useState({ first: 0, last: kPage - 1 });
  const grouped = useGroupedRows(object, props.query, fields, look.group, range, kPage);
  const plain = useRecordWindow(object, props.query, grouped ? kTop : range, kPage);
  const rows = grouped?.rows ?? plain;
  // A bounded total ("10,000 or more") grows as the list is read past it.
  const [grown, setGrown] = useState(0);
  // Other columns are another question with the same rows.
  const [total, setTotal] = useState(plain.total);
  if (plain.total && plain.total !== total) setTotal(plain.total);
  const count = (grouped ? rows.total?.count : total?.count) ?? 0;
  const exact = grouped !== undefined || total?.exact !== false;
  const reach = Math.max(count, grown);
  // A page that is not full tells the end, also when it has left the window: the list would else go on there, be read, and
  // end again, for ever. An empty page only says that the end is before it.
  const [told, setTold] = useState<{ of: typeof total; end: number }>();
  const before = told?.of === total ? told?.end : undefined;
  const end = plain.end === undefined ? before : Math.min(plain.end, before ?? plain.end);
  if (end !== undefined && end !== before) setTold({ of: total, end });
  const rowCount = exact ? count : Math.min(reach, end ?? reach);
  const onWindow = useCallback(
    (first: number, last: number) => {
      // The sheet asks on every frame of a scroll; something changes only when other pages of rows are needed.
      const from = Math.max(0, first - kAhead);
      const to = Math.max(0, Math.min(last + kAhead, rowCount - 1));
      const wanted = { first: from - (from % kPage), last: to - (to % kPage) + kPage - 1 };
      setRange((now) => (now.first === wanted.first && now.last === wanted.last ? now : wanted));
      if (!exact && end === undefined && last >= reach - 200) setGrown(reach + kStep);
    },
    [exact, end, reach, rowCount],
  );

  const gone = t('records.sheet.gone');
  const fresh = t('records.sheet.newRow', { name: label(object.label) });
  const sortKeys = useMemo(() => parseSort(props.sort), [props.sort]);
  const columns = useMemo(() => {
    const title = object.fields.find((field) => field.key === object.title);
    const first: SheetColumn<RecordData> = {
      key: object.title,
      label: title ? label(title.label) : label(object.label),
      width: widths[object.title] ?? 240,
      growTo: object.title in widths ? undefined : 420,
      sortable: title?.sortable ?? false,
      render: (row) =>
        isNew(row.id) && titleOf(row, object.title) === '' ? (
          <span className={classes.newRow}>{fresh}</span>
        ) : isHeading(row) ? (
          <GroupHead record={row} />
        ) : (
          <span className={classes.title}>{isGone(row) ? gone : titleOf(row, object.title)}</span>
        ),
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
        render: (row) =>
          // Of a heading only the sums: a masked value says something even where there is none.
          isHeading(row) && row[field.key] === undefined ? null : (
            <Cell field={field} value={row[field.key]} place="row" />
          ),
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
  }, [object, fields, widths, label, sortKeys, gone, fresh]);
  const shownFields = useMemo(() => {
    const title = object.fields.find((field) => field.key === object.title);
    // A title that cannot be read is no field of the sheet, but its column stands there.
    return [title ?? noTitle, ...fields];
  }, [object, fields]);
  const [picked, setPicked] = useState<CellRange>(kCorner);
  const [goal, setGoal] = useState<CellAt & { quiet?: boolean }>();
  const [paint, setPaint] = useState<{ of: Paint | undefined }>();
  const [found, setFound] = useState<FoundCells>();
  // New rows stand behind the last one; there is none behind the last of a group.
  const ended = !grouped && (exact || (end !== undefined && rowCount === end));
  const sheet = useSheetEditing({ object, query: props.query, fields: shownFields, rows, rowCount, ended });
  // A new row is made a record when it is left.
  const activeId = sheet.row(picked.top)?.id;
  const { sendDrafts } = sheet.edits;
  const send = useRef(sendDrafts);
  send.current = sendDrafts;
  useEffect(() => send.current({ except: activeId, ready: true }), [activeId]);
  const textOf = (record: RecordData, column: string) =>
    column === object.title
      ? titleOf(record, column)
      : cellText(
          record,
          fields.find((field) => field.key === column),
          language,
        );

  /** What stands in a cell, as it is shown and as it is typed. */
  const textsOf = (record: RecordData, column: string): string[] => {
    const field = fields.find((each) => each.key === column);
    if (!field) return [titleOf(record, object.title)];
    if (field.masked) return [];
    return [kindOf(field.kind).text(record[column], field, language), cellText(record, field, language)];
  };
  const onFold = (at: CellAt, open: boolean) => {
    const head = grouped?.fold(at.row, open);
    // Out of a group that closes to its heading.
    if (head !== undefined && !open) setGoal({ row: head, column: at.column });
  };

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
      columnMenu: (column: string) => t('records.columnMenu.button', { name: column }),
      help: t('records.sheet.help'),
      cell: (column: string, row: number, text: string) => t('records.sheet.cell', { column, row, text }),
      suggestions: t('records.sheet.suggestions'),
    }),
    [t, label, object, selectRow],
  );

  const keys = fields.map((field) => field.key);
  const frozen = look.freeze ?? 1;
  const [menu, setMenu] = useState<{ key: string; head: HTMLElement }>();
  const menuAt = columns.findIndex((column) => column.key === menu?.key);
  const menuColumn = columns[menuAt];
  // Back to the heading, and again when it was moved, which takes the focus from it.
  const headed = useRef<HTMLElement>(undefined);
  const closeMenu = () => {
    headed.current = menu?.head.querySelector('button') ?? undefined;
    headed.current?.focus();
    setMenu(undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the columns have moved
  useEffect(() => {
    if (document.activeElement === document.body) headed.current?.focus();
    headed.current = undefined;
  }, [columns]);
  const onColumnMenu = useCallback((key: string, head: HTMLElement) => setMenu({ key, head }), []);

  const waiting = openCells(sheet.edits.edits).length + sheet.edits.drafts;
  if (grouped && rows.total === undefined)
    return rows.error ? <ErrorState error={rows.error} onRetry={grouped.rows.refetch} /> : <ListSkeleton />;
  return (
    <div className={classes.whole} data-tucked={props.tucked || undefined}>
      {props.tucked && waiting + sheet.edits.pending > 0 && (
        <Text size="sm" role="status" className={classes.waiting}>
          {t(waiting > 0 ? 'records.sheet.tucked' : 'records.sheet.saving')}
        </Text>
      )}
      {menu && menuColumn && (
        <ColumnHeadMenu
          head={menu.head}
          name={menuColumn.label}
          at={menuAt}
          count={columns.length}
          frozen={frozen}
          sort={menuColumn.sort}
          sortable={menuColumn.sortable ?? false}
          onClose={closeMenu}
          onSort={(descending) => props.onSort(writeSort([{ field: menu.key, descending }]))}
          onMove={(by) => onLook({ columns: movedBy(keys, menu.key, by) })}
          onFreeze={(freeze) => onLook({ freeze: freeze === 1 ? undefined : freeze })}
          onHide={() => onLook(withoutColumn(look, keys, menu.key))}
          onFit={() => onResize(menu.key, fittingWidth(menu.head))}
        />
      )}
      {props.finding && (
        <FindBar
          asked={props.finding}
          columns={columns}
          rows={sheet.rows}
          end={ended || grouped ? sheet.rowCount : undefined}
          row={sheet.row}
          texts={textsOf}
          shown={(record) => overlay(record, sheet.edits.edits)}
          stamp={sheet.edits.edits}
          from={{ row: picked.top, column: picked.left }}
          folded={grouped?.someFolded ?? false}
          onFound={setFound}
          onReach={(at) => setGoal({ ...at, quiet: true })}
          onClose={() => {
            props.onFindEnd();
            setGoal({ row: picked.top, column: picked.left });
          }}
        />
      )}
      {look.colors && (
        <Suspense fallback={null}>
          <SheetColors
            object={object}
            query={props.query}
            rules={look.colors}
            rows={rows}
            range={{ first: range.first, last: Math.min(range.last, rowCount - 1) }}
            size={kPage}
            onPaint={(of) => setPaint({ of })}
          />
        </Suspense>
      )}
      <div className={classes.grid} data-sheet="">
        <Sheet
          texts={texts}
          columns={columns}
          rowCount={sheet.rowCount}
          countKnown={exact || end !== undefined}
          row={sheet.row}
          rowId={idOf}
          rowHeight={rowHeights[look.rows]}
          wrap={look.rows === 'wrap'}
          frozen={frozen}
          current={props.current}
          canTick={isRecord}
          selection={props.selection}
          onSelection={props.onSelection}
          onWindow={onWindow}
          onOpen={(record, fullPage) => isRecord(record) && props.onOpen(record, fullPage)}
          onActive={(record) => isRecord(record) && props.onActive(record)}
          onSort={(field, add) => props.onSort(writeSort(cycleSort(sortKeys, field, add)))}
          onResize={onResize}
          onMoveColumn={(key, before) => onLook({ columns: movedBefore(keys, key, before) })}
          onColumnMenu={onColumnMenu}
          cellText={textOf}
          onCopy={sheet.onCopy}
          onPicked={setPicked}
          reach={goal}
          editing={sheet.editing}
          today={() => today().replaceAll('-', '/')}
          paint={look.colors ? paint?.of : undefined}
          found={found}
          headingOf={grouped?.headingOf}
          onFold={grouped && onFold}
        />
      </div>
      <SheetStatus
        object={object}
        query={props.query}
        fields={shownFields}
        rows={sheet.rows}
        edits={sheet.edits}
        editable={sheet.editing !== undefined}
        picked={picked}
        partly={grouped?.exact === false}
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

function isRecord(record: RecordData): boolean {
  return !isNew(record.id) && !isHeading(record);
}

function idOf(record: RecordData): string {
  return record.id;
}
