import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
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
import { spreadWidths } from './columnWidths';
import { extendRows, type RowSelection, toggleAll, toggleRow } from './rowSelection';
import classes from './Sheet.module.css';
import { SheetHeader } from './SheetHeader';
import { SheetRow } from './SheetRow';
import { contentHeight, pageStep, rowsBySlot, scrollToRow, visibleRows } from './virtualRows';

export interface SheetColumn<Row> {
  key: string;
  label: string;
  width: number;
  growTo?: number; // wider than `width` while the sheet has room to spare
  align?: 'left' | 'right';
  sortable?: boolean;
  sort?: 'ascending' | 'descending';
  sortRank?: number; // 1 for the first key, when there are several
  render: (row: Row) => ReactNode;
}

export interface SheetTexts {
  label: string;
  selectAll: string;
  selectRow: (row: number) => string;
  rowNumber: string;
  resize: (column: string) => string;
}

interface SheetProps<Row> {
  texts: SheetTexts;
  columns: SheetColumn<Row>[];
  rowCount: number;
  countKnown: boolean; // false: more rows may follow
  row: (index: number) => Row | undefined; // undefined = not loaded, never "empty"
  rowId: (row: Row) => string;
  rowHeight: number;
  current?: string; // row shown beside the sheet
  selection: RowSelection;
  onSelection: (selection: RowSelection) => void;
  onWindow: (first: number, last: number) => void; // rows on the screen, last inclusive
  onOpen: (row: Row, fullPage: boolean) => void;
  onActive?: (row: Row) => void;
  onSort: (column: string, add: boolean) => void;
  onResize: (column: string, width: number) => void;
}

export const kHeaderHeight = 34;
export const kGutter = 84; // tick box and row number
const kOverscan = 6;
// Rows stand where their number says, counted from the start of their block: browsers cap positions.
const kBlock = 100_000;
// Rows that fly past are not read: only where the scroll bar rests this long.
const kRest = 80; // milliseconds

// A sheet to read: rows drawn only where they are seen, keys as in Excel. It knows no field kind; columns draw
// themselves.
export function Sheet<Row>(props: SheetProps<Row>) {
  const { rowCount, row: rowAt, rowId, rowHeight, selection, onWindow } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [room, setRoom] = useState(0);
  const columns = useMemo(() => spreadWidths(props.columns, room - kGutter), [props.columns, room]);
  const styles = useMemo(() => columns.map((column) => ({ width: column.width })), [columns]);
  const [active, setActive] = useState({ row: 0, column: 0 });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
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
    if (next.first === first && next.last === last && Math.abs(next.top - shown.top) < 0.5) return;
    // In this frame, not in the next: no row is seen blank, and the page is laid out once.
    flushSync(() => setScrollTop(element.scrollTop));
  };

  const activeRow = Math.min(active.row, Math.max(0, rowCount - 1));
  const activeColumn = Math.min(active.column, columns.length - 1);

  const move = (row: number, column: number) => {
    const to = {
      row: Math.max(0, Math.min(rowCount - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setActive(to);
    const element = frame.current;
    if (element) {
      element.scrollTop = scrollToRow(to.row, rowCount, rowHeight, view, element.scrollTop);
      revealColumn(element, columns, to.column);
    }
    const target = rowAt(to.row);
    if (target !== undefined && to.row !== activeRow) props.onActive?.(target);
  };

  const idAt = (index: number) => {
    const found = rowAt(index);
    return found === undefined ? undefined : rowId(found);
  };

  const tick = (index: number, range: boolean) => {
    const wanted = idAt(index);
    if (wanted === undefined) return;
    props.onSelection(
      range ? extendRows(selection, index, idAt).selection : toggleRow(selection, index, wanted),
    );
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== frame.current || event.nativeEvent.isComposing || rowCount === 0) return;
    const jump = event.ctrlKey || event.metaKey;
    const { row, column } = { row: activeRow, column: activeColumn };
    const page = pageStep(view, rowHeight);
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(jump ? rowCount - 1 : row + 1, column),
      ArrowUp: () => move(jump ? 0 : row - 1, column),
      ArrowRight: () => move(row, jump ? columns.length - 1 : column + 1),
      ArrowLeft: () => move(row, jump ? 0 : column - 1),
      PageDown: () => move(row + page, column),
      PageUp: () => move(row - page, column),
      Home: () => move(jump ? 0 : row, 0),
      End: () => move(jump ? rowCount - 1 : row, columns.length - 1),
      Enter: () => {
        const target = rowAt(row);
        if (target !== undefined) props.onOpen(target, jump);
      },
      ' ': () => tick(row, event.shiftKey),
    };
    const action = moves[event.key];
    if (!action || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = Math.max(0, Math.min(rowCount - 1, row + (event.key === 'ArrowDown' ? 1 : -1)));
      const anchored = selection.anchor === null ? { ...selection, anchor: row } : selection;
      props.onSelection(extendRows(anchored, next, idAt).selection);
    }
    action();
  };

  const pick = useRef({ tick, props, setActive });
  pick.current = { tick, props, setActive };
  const onCell = useCallback((index: number, column: number, event: MouseEvent, double: boolean) => {
    const { tick: tickNow, props: now, setActive: activate } = pick.current;
    if (event.shiftKey && !double) {
      tickNow(index, true);
      return;
    }
    // Keys are read by the frame: a click on a cell must not take the focus away from it.
    frame.current?.focus({ preventScroll: true });
    activate({ row: index, column });
    const target = now.row(index);
    if (target === undefined) return;
    if (double || event.ctrlKey || event.metaKey) now.onOpen(target, true);
    else if (column === 0) now.onOpen(target, false);
    else now.onActive?.(target);
  }, []);
  const onTick = useCallback((index: number, range: boolean) => pick.current.tick(index, range), []);

  const loaded: string[] = [];
  for (let index = first; index < last; ++index) {
    const found = idAt(index);
    if (found !== undefined) loaded.push(found);
  }
  const width = kGutter + columns.reduce((sum, column) => sum + column.width, 0);
  const pool = Math.ceil(view / rowHeight) + 2 * kOverscan + 2;
  const indexes = rowsBySlot(first, last, pool);
  const base = first - (first % kBlock);

  return (
    <div
      ref={frame}
      className={classes.frame}
      role="grid"
      tabIndex={0}
      aria-label={props.texts.label}
      aria-rowcount={props.countKnown ? rowCount + 1 : -1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={
        activeRow >= first && activeRow < last ? `${id}-${activeRow}-${activeColumn}` : undefined
      }
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      onPointerOver={tellClipped}
    >
      <SheetHeader
        texts={props.texts}
        columns={columns}
        width={width}
        allTicked={loaded.length > 0 && loaded.every((each) => selection.ids.has(each))}
        someTicked={selection.ids.size > 0}
        onTickAll={() => props.onSelection(toggleAll(selection, loaded))}
        onSort={props.onSort}
        onResize={props.onResize}
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
            return (
              <SheetRow
                // A row that leaves the screen is drawn anew as the one that comes, and keeps its place in the document:
                // cheaper than making or moving its cells.
                key={index % pool}
                id={id}
                index={index}
                row={data}
                columns={columns}
                styles={styles}
                top={(index - base) * rowHeight}
                height={rowHeight}
                ticked={key !== undefined && selection.ids.has(key)}
                current={key !== undefined && key === props.current}
                activeColumn={index === activeRow ? activeColumn : -1}
                tickLabel={props.texts.selectRow}
                onCell={onCell}
                onTick={onTick}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

// A text that is cut off is told whole by the browser while the mouse rests on its cell.
function tellClipped(event: PointerEvent) {
  const cell = (event.target as Element).closest<HTMLElement>('[role="gridcell"]');
  if (!cell) return;
  const clipped = [cell, ...cell.querySelectorAll<HTMLElement>('*')].some(
    (each) => each.scrollWidth > each.clientWidth,
  );
  if (clipped) cell.title = cell.innerText;
  else cell.removeAttribute('title');
}

// The first column is always on the screen; the others scroll under it.
function revealColumn<Row>(element: HTMLElement, columns: SheetColumn<Row>[], column: number) {
  if (column === 0) {
    element.scrollLeft = 0;
    return;
  }
  const widths = columns.map((each) => each.width);
  const start = widths.slice(0, column).reduce((sum, width) => sum + width, kGutter);
  const end = start + (widths[column] ?? 0);
  const covered = kGutter + (widths[0] ?? 0);
  if (start < element.scrollLeft + covered) element.scrollLeft = start - covered;
  else if (end > element.scrollLeft + element.clientWidth) element.scrollLeft = end - element.clientWidth;
}
