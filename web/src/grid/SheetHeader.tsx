import { type KeyboardEvent, memo, type PointerEvent, useRef } from 'react';
import { clampWidth, kGutter, kHeaderHeight, type PlacedColumn } from './columnWidths';
import classes from './Sheet.module.css';
import { fittingWidth } from './sheetDom';
import type { SheetColumn, SheetTexts } from './sheetTypes';

interface SheetHeaderProps<Row> {
  texts: SheetTexts;
  columns: SheetColumn<Row>[];
  width: number;
  places: PlacedColumn[];
  dragged: string | undefined;
  allTicked: boolean;
  someTicked: boolean;
  onTickAll: () => void;
  onSort: (column: string, add: boolean) => void;
  /** `done` when it is let go. */
  onResize: (column: string, width: number, done: boolean) => void;
  onDrag: (event: PointerEvent, column: string) => void;
  onMenu: (column: string, head: HTMLElement) => void;
}

export function SheetHeader<Row>(props: SheetHeaderProps<Row>) {
  const { texts, columns } = props;
  return (
    <div role="rowgroup" className={classes.head} style={{ width: props.width }}>
      <div
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className={classes.headRow}
        style={{ height: kHeaderHeight }}
      >
        <div
          role="columnheader"
          aria-colindex={1}
          className={classes.gutter}
          style={{ width: kGutter }}
          tabIndex={-1}
        >
          <input
            type="checkbox"
            className={classes.tick}
            checked={props.allTicked}
            aria-label={texts.selectAll}
            ref={(box) => {
              if (box) box.indeterminate = props.someTicked && !props.allTicked;
            }}
            onChange={props.onTickAll}
          />
          <span className={classes.number}>{texts.rowNumber}</span>
        </div>
        {columns.map((column, at) => (
          <ColumnHead
            key={column.key}
            texts={texts}
            column={column as SheetColumn<unknown>}
            at={at}
            place={props.places[at]}
            dragged={props.dragged === column.key}
            onSort={props.onSort}
            onResize={props.onResize}
            onDrag={props.onDrag}
            onMenu={props.onMenu}
          />
        ))}
      </div>
    </div>
  );
}

interface ColumnHeadProps
  extends Pick<SheetHeaderProps<unknown>, 'texts' | 'onSort' | 'onResize' | 'onDrag' | 'onMenu'> {
  column: SheetColumn<unknown>;
  at: number;
  place: PlacedColumn | undefined;
  dragged: boolean;
}

// Drawn anew only when something of its column changes, not with every row that scrolls by.
// Sorts with a click, is dragged to another place, and has a menu with all that can be done with the column.
const ColumnHead = memo(function ColumnHead({ column, at, place, ...props }: ColumnHeadProps) {
  const { texts } = props;
  const head = useRef<HTMLDivElement>(null);
  const menu = () => head.current && props.onMenu(column.key, head.current);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey) return;
    const by = event.key === 'ArrowRight' ? 20 : event.key === 'ArrowLeft' ? -20 : 0;
    if (by !== 0) props.onResize(column.key, clampWidth(column.width + by), true);
    else if (event.key === 'ArrowDown') menu();
    else return;
    event.preventDefault();
    // The menu stands already as this key reaches the window, where it would close it.
    event.stopPropagation();
  };
  return (
    <div
      ref={head}
      role="columnheader"
      tabIndex={-1}
      aria-colindex={at + 2}
      aria-sort={column.sort ?? (column.sortable ? 'none' : undefined)}
      className={at === 0 ? classes.firstHeadCell : classes.headCell}
      data-column={column.key}
      data-frozen={place?.frozen}
      data-dragged={props.dragged || undefined}
      style={place?.style}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (at > 0 && !(event.target as Element).closest('[data-still]')) props.onDrag(event, column.key);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        menu();
      }}
    >
      {column.sortable ? (
        <button
          type="button"
          className={classes.sort}
          data-align={column.align}
          title={texts.resize(column.label)}
          onClick={(event) => props.onSort(column.key, event.shiftKey)}
        >
          <span className={classes.headText}>{column.label}</span>
          {column.sort && (
            <span aria-hidden="true" className={classes.arrow}>
              {column.sort === 'ascending' ? '▲' : '▼'}
              {column.sortRank}
            </span>
          )}
        </button>
      ) : (
        <span className={classes.headText} data-align={column.align}>
          {column.label}
        </span>
      )}
      <button
        type="button"
        className={classes.menu}
        data-still=""
        // The heading opens it too, with Alt+↓: one stop of Tab a column is enough.
        tabIndex={column.sortable ? -1 : 0}
        aria-haspopup="menu"
        aria-label={texts.columnMenu(column.label)}
        onClick={menu}
      >
        <span aria-hidden="true">▾</span>
      </button>
      <ResizeHandle
        width={column.width}
        onResize={(width, done) => props.onResize(column.key, width, done)}
        onFit={() => head.current && props.onResize(column.key, fittingWidth(head.current), true)}
      />
    </div>
  );
});

interface ResizeHandleProps {
  width: number;
  onResize: (width: number, done: boolean) => void;
  onFit: () => void;
}

// Dragged with the mouse or a finger; a double click fits the width to what is read. The keyboard on the header: Alt+arrows.
function ResizeHandle({ width, onResize, onFit }: ResizeHandleProps) {
  const start = useRef<{ x: number; width: number; moved: boolean } | null>(null);
  const widthAt = (event: PointerEvent) =>
    clampWidth((start.current?.width ?? width) + event.clientX - (start.current?.x ?? event.clientX));
  return (
    <span
      className={classes.resize}
      data-still=""
      aria-hidden="true"
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!start.current) return;
        start.current.moved ||= event.clientX !== start.current.x;
        if (start.current.moved) onResize(widthAt(event), false);
      }}
      onPointerUp={(event) => {
        if (start.current?.moved) onResize(widthAt(event), true);
        start.current = null;
      }}
      onDoubleClick={onFit}
    />
  );
}
