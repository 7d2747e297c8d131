import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type UIEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { CellEditor, type CellEditorHandle, type Then } from './CellEditor';
import {
  type CellAt,
  type CellRange,
  filledTo,
  isOneCell,
  keptInside,
  type Picked,
  pickOne,
  pickRange,
  rangeOf,
  stepped,
} from './cellRange';
import { frozenInside, kGutter, kHeaderHeight, placed, spreadWidths } from './columnWidths';
import './paint.css';
import { extendRows, type RowSelection, toggleAll, toggleRow } from './rowSelection';
import classes from './Sheet.module.css';
import { SheetHeader } from './SheetHeader';
import { SheetRow } from './SheetRow';
import { revealColumn, tellClipped } from './sheetDom';
import { foldKey, pressKey } from './sheetKeys';
import {
  type Copied,
  type FoundCells,
  kCellsType,
  type RowHeading,
  type RowPaint,
  type SheetColumn,
  type SheetEditing,
  type SheetTexts,
  type Typed,
} from './sheetTypes';
import { cellOf, useCellDrag } from './useCellDrag';
import { useColumnDrag } from './useColumnDrag';
import { useLiveWidth } from './useLiveWidth';
import { contentHeight, pageStep, rowsBySlot, scrollToRow, visibleRows } from './virtualRows';

interface SheetProps<Row> {
  texts: SheetTexts;
  columns: SheetColumn<Row>[];
  rowCount: number;
  countKnown: boolean; // false: more rows may follow
  row: (index: number) => Row | undefined; // undefined = not loaded, never "empty"
  rowId: (row: Row) => string;
  canTick?: (row: Row) => boolean; // all, unless said
  rowHeight: number;
  /** Texts go on in a second line where there is room for one. */
  wrap?: boolean;
  /** So many of the first columns stay where they are as the others scroll; fewer where they would fill the sheet. */
  frozen: number;
  current?: string; // row shown beside the sheet
  selection: RowSelection;
  onSelection: (selection: RowSelection) => void;
  onWindow: (first: number, last: number) => void; // rows on the screen, last inclusive
  onOpen: (row: Row, fullPage: boolean) => void;
  onActive?: (row: Row) => void;
  onSort: (column: string, add: boolean) => void;
  onResize: (column: string, width: number) => void;
  /** Dragged before another column, or behind the last (undefined); the first column stays. */
  onMoveColumn: (column: string, before: string | undefined) => void;
  /** The menu of a column is asked for; `head` is its heading. */
  onColumnMenu: (column: string, head: HTMLElement) => void;
  /** A cell as text, for the clipboard and for whoever hears the screen. */
  cellText: (row: Row, column: string) => string;
  /** The cells of the rectangle; undefined while they are not loaded, which the owner then does or says why not. */
  onCopy: (range: CellRange) => Copied | undefined;
  onPicked?: (range: CellRange) => void;
  /** A cell to go to; another object goes there again. `quiet` leaves the focus where it is. */
  reach?: CellAt & { quiet?: boolean };
  /** Absent: the sheet is only read. */
  editing?: SheetEditing<Row>;
  today: () => string; // as a person would type it
  /** The same object for the same row, as long as it is coloured the same. */
  paint?: (row: Row) => RowPaint | undefined;
  found?: FoundCells;
  /** Rows that head others; the same object for the same row. */
  headingOf?: (row: Row) => RowHeading | undefined;
  /** Opens or closes the group that the row of a cell belongs to or heads. */
  onFold?: (at: CellAt, open: boolean) => void;
}

const kOverscan = 6;
// Rows stand where their number says, counted from the start of their block: browsers cap positions.
const kBlock = 100_000;
// Rows that fly past are not read: only where the scroll bar rests this long.
const kRest = 80; // milliseconds

/**
 * A sheet: rows drawn only where they are seen, keys, mouse and clipboard as in Excel, and one box that takes what is typed
 * (CellEditor). It knows no field kind: columns draw themselves, and what is entered goes to the owner as text.
 */
export function Sheet<Row>(props: SheetProps<Row>) {
  const { rowCount, row: rowAt, rowId, rowHeight, selection, onWindow, editing, onPicked } = props;
  const id = useId();
  const around = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const editor = useRef<CellEditorHandle>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const scrolled = useRef(0);
  scrolled.current = scrollTop;
  const [height, setHeight] = useState(0);
  const [room, setRoom] = useState(0);
  const [sized, onResize] = useLiveWidth(props.columns, props.onResize);
  const columns = useMemo(() => spreadWidths(sized, room - kGutter), [sized, room]);
  const frozen = frozenInside(columns, props.frozen, room - kGutter);
  const places = useMemo(() => placed(columns, frozen, kGutter), [columns, frozen]);
  const [chosen, setChosen] = useState<Picked>(() => pickOne({ row: 0, column: 0 }));
  const [filling, setFilling] = useState<CellRange>();
  // The active cell goes along with its column.
  const [known, setKnown] = useState(columns);
  if (known !== columns) {
    setKnown(columns);
    const followed = followColumn(chosen, known, columns);
    if (followed !== chosen) setChosen(followed);
  }

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    let away = false;
    const measure = () => {
      // Out of sight it loses its place.
      if (away && element.clientHeight > 0) element.scrollTop = scrolled.current;
      away = element.clientHeight === 0;
      setHeight(element.clientHeight);
      setRoom(element.clientWidth);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  const view = Math.max(0, height - kHeaderHeight);
  const shown = visibleRows(rowCount, rowHeight, view, scrollTop, kOverscan);
  const { first, last } = shown;
  const told = useRef({ first: 0, last: 0 });
  useEffect(() => {
    if (last <= first) return;
    const tell = () => {
      told.current = { first, last };
      onWindow(first, last - 1);
    };
    if (first <= told.current.last && last >= told.current.first) {
      tell();
      return;
    }
    const timer = setTimeout(tell, kRest);
    return () => clearTimeout(timer);
  }, [first, last, onWindow]);

  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    const element = event.currentTarget;
    element.toggleAttribute('data-aside', element.scrollLeft > 0);
    const next = visibleRows(rowCount, rowHeight, view, element.scrollTop, kOverscan);
    // In this frame, not in the next: no row is seen blank, and the page is laid out once.
    if (next.first !== first || next.last !== last || Math.abs(next.top - shown.top) >= 0.5)
      flushSync(() => setScrollTop(element.scrollTop));
    editor.current?.place();
  };

  const picked = keptInside(chosen, rowCount, columns.length);
  const { active } = picked;
  const range = rangeOf(picked);
  const activeColumn = columns[active.column];
  const activeRow = rowAt(active.row);
  useEffect(() => {
    onPicked?.({ top: range.top, left: range.left, bottom: range.bottom, right: range.right });
  }, [onPicked, range.top, range.left, range.bottom, range.right]);

  const reveal = (at: CellAt) => {
    const element = frame.current;
    // Not measured yet: it stands at its top.
    if (!element || view === 0) return;
    element.scrollTop = scrollToRow(at.row, rowCount, rowHeight, view, element.scrollTop);
    revealColumn(element, columns, at.column, frozen, kGutter);
  };
  const revealNow = useRef(reveal);
  revealNow.current = reveal;
  useEffect(() => revealNow.current({ row: active.row, column: active.column }), [active.row, active.column]);

  const pick = (next: Picked, show: CellAt) => {
    const inside = keptInside(next, rowCount, columns.length);
    const at = keptInside(pickOne(show), rowCount, columns.length).active;
    // One row beyond the last may come with what was just entered there.
    setChosen(next);
    reveal(at);
    const target = rowAt(inside.active.row);
    if (target !== undefined && inside.active.row !== active.row) props.onActive?.(target);
  };

  const go = useRef(pick);
  go.current = pick;
  const { reach } = props;
  useEffect(() => {
    if (!reach) return;
    go.current(pickOne(reach), reach);
    if (!reach.quiet) editor.current?.focus();
  }, [reach]);

  const idAt = (index: number) => {
    const found = rowAt(index);
    return found === undefined || props.canTick?.(found) === false ? undefined : rowId(found);
  };
  const tick = (index: number, extend: boolean) => {
    const wanted = idAt(index);
    if (wanted === undefined) return;
    props.onSelection(
      extend ? extendRows(selection, index, idAt).selection : toggleRow(selection, index, wanted),
    );
  };
  const latestTick = useRef(tick);
  latestTick.current = tick;
  const onTick = useCallback((index: number, extend: boolean) => {
    latestTick.current(index, extend);
    editor.current?.focus();
  }, []);
  const openRow = (index: number, fullPage: boolean) => {
    const target = rowAt(index);
    if (target !== undefined) props.onOpen(target, fullPage);
  };

  // Enter behind some Tabs leads to where the line was begun, as in Excel.
  const lineFrom = useRef<number>(undefined);
  const step = (along: 'down' | 'right', back: boolean) => {
    let next = stepped(picked, along, back);
    if (isOneCell(range) && !back) {
      if (along === 'right') lineFrom.current ??= active.column;
      else if (lineFrom.current !== undefined)
        next = pickOne({ row: active.row + 1, column: lineFrom.current });
    }
    if (along === 'down') lineFrom.current = undefined;
    pick(next, next.active);
  };

  // The row as typing began: a list that loads meanwhile may put another one in its place.
  const typedInto = useRef<Row>(undefined);
  const onCommit = (typed: Typed | undefined, then: Then) => {
    const whole = then === 'all' && !isOneCell(range);
    const one = { top: active.row, bottom: active.row, left: active.column, right: active.column };
    const row = typedInto.current ?? activeRow;
    typedInto.current = undefined;
    if (row !== undefined && activeColumn && (typed || whole))
      editing?.commit(whole ? range : one, typed ?? { text: currentText ?? '' }, {
        row,
        column: activeColumn.key,
      });
    if (then === 'stay' || then === 'all') return;
    step(then === 'down' || then === 'up' ? 'down' : 'right', then === 'up' || then === 'left');
  };

  // Esc gives Tab back to the page, so that the keyboard is not caught in the sheet.
  const released = useRef(false);
  const onKey = (event: KeyboardEvent) => {
    if (rowCount === 0) return;
    if (event.key === 'Escape') {
      released.current = true;
      if (!isOneCell(range)) setChosen(pickOne(active));
      return;
    }
    if (event.key === 'Tab' && released.current) return;
    const heading = activeRow === undefined ? undefined : props.headingOf?.(activeRow);
    const folded = props.onFold && foldKey(event, heading);
    if (folded !== undefined) {
      event.preventDefault();
      props.onFold?.(active, folded);
      return;
    }
    const done = pressKey(event, {
      picked,
      rows: rowCount,
      columns: columns.length,
      page: pageStep(view, rowHeight),
      editable: editing !== undefined,
      pick: (next, show) => {
        lineFrom.current = undefined;
        pick(next, show);
      },
      step,
      tick: (index) => tick(index, false),
      open: openRow,
      edit: (text) => editor.current?.begin(text),
      enter: (text) => onCommit({ text }, 'stay'),
      clear: (cells) => editing?.clear(cells),
      repeat: (from, to) => editing?.fill(from, to, false),
      undo: () => editing?.undo(),
      redo: () => editing?.redo(),
      today: props.today,
    });
    if (!done) return;
    released.current = false;
    event.preventDefault();
  };

  const onCopy = (event: ClipboardEvent, cut: boolean) => {
    if (rowCount === 0) return;
    event.preventDefault();
    const copied = props.onCopy(range);
    if (!copied) return;
    event.clipboardData.setData('text/plain', copied.text);
    if (copied.cells) event.clipboardData.setData(kCellsType, copied.cells);
    if (cut) editing?.clear(range);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (rowCount === 0 || !editing) return;
    event.preventDefault();
    const data = event.clipboardData;
    const covered = editing.paste(range, {
      text: data.getData('text/plain'),
      cells: data.getData(kCellsType) || undefined,
    });
    if (covered) setChosen(pickRange(covered, { row: covered.top, column: covered.left }));
  };

  const dragged = useRef(false);
  const onMouseDown = useCellDrag({
    frame,
    onStart: (at, how, event) => {
      editor.current?.finish();
      editor.current?.focus();
      lineFrom.current = undefined;
      dragged.current = how === 'fill';
      if (how === 'fill') return;
      const row = at.column < 0;
      const end = { row: at.row, column: row ? columns.length - 1 : at.column };
      if (event.shiftKey) setChosen({ ...picked, head: end });
      else if (row) setChosen({ ...pickOne({ row: at.row, column: 0 }), head: end });
      else setChosen(pickOne(at));
    },
    onMove: (at, how) => {
      if (how === 'fill') {
        setFilling(filledTo(range, at));
        return;
      }
      const whole = isWholeRows(picked, columns.length) && at.column < 0;
      const head = { row: at.row, column: whole ? columns.length - 1 : Math.max(0, at.column) };
      if (head.row === picked.head.row && head.column === picked.head.column) return;
      dragged.current = true;
      setChosen({ ...picked, head });
    },
    onEnd: (how) => {
      if (how !== 'fill' || !filling) return;
      setFilling(undefined);
      editing?.fill(range, filling, true);
      setChosen(pickRange(joined(range, filling), picked.active));
    },
  });
  const onClick = (event: MouseEvent) => {
    const at = cellOf(event.target as Element);
    if (!at || at.column < 0 || event.shiftKey || dragged.current) return;
    const target = rowAt(at.row);
    if (target === undefined) return;
    const heading = props.headingOf?.(target);
    if (heading) {
      if (at.column === 0) props.onFold?.(at, !heading.expanded);
      return;
    }
    if (event.ctrlKey || event.metaKey) props.onOpen(target, true);
    else if (at.column === 0) props.onOpen(target, false);
    else props.onActive?.(target);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = cellOf(event.target as Element);
    if (!at || at.column < 0) return;
    if (editing) editor.current?.begin();
    else openRow(at.row, true);
  };

  const columnDrag = useColumnDrag(frame, (column, before) => props.onMoveColumn(column, before));

  const rectOf = () => {
    const box = around.current?.getBoundingClientRect();
    const cell = document.getElementById(`${id}-${active.row}-${active.column}`)?.getBoundingClientRect();
    if (!box || !cell) return undefined;
    return { left: cell.left - box.left, top: cell.top - box.top, width: cell.width, height: cell.height };
  };

  const loaded: string[] = [];
  for (let index = first; index < last; ++index) {
    const found = idAt(index);
    if (found !== undefined) loaded.push(found);
  }
  const width = kGutter + columns.reduce((sum, column) => sum + column.width, 0);
  const pool = Math.ceil(view / rowHeight) + 2 * kOverscan + 2;
  const indexes = rowsBySlot(first, last, pool);
  const base = first - (first % kBlock);
  const many = !isOneCell(range);
  const currentText =
    activeRow === undefined || !activeColumn ? undefined : editing?.text(activeRow, activeColumn.key);

  return (
    <div ref={around} className={classes.around}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are read by the editor, which has the focus */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a grid, or with headings a treegrid */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: as above */}
      <div
        ref={frame}
        className={classes.frame}
        role={props.headingOf ? 'treegrid' : 'grid'}
        tabIndex={-1}
        aria-label={props.texts.label}
        aria-rowcount={props.countKnown ? rowCount + 1 : -1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-readonly={editing === undefined}
        data-wrap={props.wrap || undefined}
        onScroll={onScroll}
        onFocus={({ target }) => {
          // Only what acts by itself keeps the focus: sorting, ticks, the box itself.
          if (!(target instanceof HTMLButtonElement || target instanceof HTMLInputElement))
            editor.current?.focus();
        }}
        onPointerOver={tellClipped}
        onMouseDown={onMouseDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <SheetHeader
          texts={props.texts}
          columns={columns}
          width={width}
          places={places}
          dragged={columnDrag.dragged}
          allTicked={loaded.length > 0 && loaded.every((each) => selection.ids.has(each))}
          someTicked={selection.ids.size > 0}
          onTickAll={() => props.onSelection(toggleAll(selection, loaded))}
          onSort={props.onSort}
          onResize={onResize}
          onDrag={columnDrag.onPointerDown}
          onMenu={props.onColumnMenu}
        />
        <div
          role="presentation"
          className={classes.content}
          style={{ height: contentHeight(rowCount, rowHeight), width }}
        >
          <div
            role="rowgroup"
            className={classes.rows}
            style={{ transform: `translateY(${shown.top - (first - base) * rowHeight}px)`, width }}
          >
            {indexes.map((index) => {
              const data = rowAt(index);
              const key = data === undefined ? undefined : rowId(data);
              const inRange = many && index >= range.top && index <= range.bottom;
              const paint = data === undefined ? undefined : props.paint?.(data);
              const inFill = filling !== undefined && index >= filling.top && index <= filling.bottom;
              return (
                <SheetRow
                  // A row that leaves the screen is drawn anew as the one that comes, and keeps its place in the
                  // document: cheaper than making or moving its cells.
                  key={index % pool}
                  id={id}
                  index={index}
                  row={data}
                  columns={columns}
                  places={places}
                  marks={data === undefined ? undefined : editing?.mark(data)}
                  paint={paint}
                  heading={data === undefined ? undefined : props.headingOf?.(data)}
                  level={props.headingOf !== undefined}
                  found={props.found?.inRow(index)}
                  foundAt={props.found?.here?.row === index ? props.found.here.column : -1}
                  top={(index - base) * rowHeight}
                  height={rowHeight}
                  ticked={key !== undefined && selection.ids.has(key)}
                  tickable={data === undefined || props.canTick?.(data) !== false}
                  current={key !== undefined && key === props.current}
                  activeColumn={index === active.row ? active.column : -1}
                  pickedFrom={inRange ? range.left : -1}
                  pickedTo={inRange ? range.right : -1}
                  fillFrom={inFill ? filling.left : -1}
                  fillTo={inFill ? filling.right : -1}
                  handleAt={editing && index === range.bottom ? range.right : -1}
                  tickLabel={props.texts.selectRow}
                  onTick={onTick}
                />
              );
            })}
          </div>
        </div>
      </div>
      {columnDrag.line !== undefined && (
        <div className={classes.dropLine} style={{ left: columnDrag.line }} aria-hidden="true" />
      )}
      {rowCount > 0 && activeColumn && (
        <CellEditor
          ref={editor}
          label={props.texts.cell(
            activeColumn.label,
            active.row + 1,
            activeRow === undefined ? '' : props.cellText(activeRow, activeColumn.key),
          )}
          help={props.texts.help}
          suggestionsLabel={props.texts.suggestions}
          text={currentText}
          multiline={editing?.multiline(activeColumn.key) ?? false}
          alignRight={activeColumn.align === 'right'}
          placeKey={`${active.row}-${active.column}-${activeColumn.width}-${rowHeight}-${room}-${activeRow === undefined}`}
          rect={rectOf}
          suggest={(typed) => editing?.suggest(activeColumn.key, typed) ?? []}
          bubble={activeRow === undefined ? undefined : editing?.bubble(activeRow, activeColumn.key)}
          onBegin={() => {
            typedInto.current = activeRow;
            editing?.begin();
          }}
          onCommit={onCommit}
          onKey={onKey}
          onCopy={onCopy}
          onPaste={onPaste}
          onLocked={() => editing?.locked(activeColumn.key, activeRow)}
        />
      )}
    </div>
  );
}

function isWholeRows(picked: Picked, columns: number): boolean {
  return picked.anchor.column === 0 && picked.head.column === columns - 1;
}

// The rectangle that holds both.
function joined(a: CellRange, b: CellRange): CellRange {
  return {
    top: Math.min(a.top, b.top),
    left: Math.min(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.max(a.right, b.right),
  };
}

// Where the columns stand in another order, or are others: the same cell, if it is still there.
function followColumn<Row>(
  chosen: Picked,
  before: readonly SheetColumn<Row>[],
  now: readonly SheetColumn<Row>[],
): Picked {
  const key = before[chosen.active.column]?.key;
  if (key === now[chosen.active.column]?.key && before.length === now.length) return chosen;
  const column = now.findIndex((each) => each.key === key);
  return column === chosen.active.column || column < 0 ? chosen : pickOne({ ...chosen.active, column });
}
