import { type PointerEvent, useRef } from 'react';
import { kGutter, kHeaderHeight } from './Sheet';
import classes from './Sheet.module.css';
import type { SheetColumn, SheetTexts } from './sheetTypes';

interface SheetHeaderProps<Row> {
  texts: SheetTexts;
  columns: SheetColumn<Row>[];
  width: number;
  allTicked: boolean;
  someTicked: boolean;
  onTickAll: () => void;
  onSort: (column: string, add: boolean) => void;
  onResize: (column: string, width: number) => void;
}

export const kNarrowest = 60;
export const kWidest = 800;

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
          <div
            key={column.key}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={at + 2}
            aria-sort={column.sort ?? (column.sortable ? 'none' : undefined)}
            className={at === 0 ? classes.firstHeadCell : classes.headCell}
            style={{ width: column.width }}
          >
            {column.sortable ? (
              <button
                type="button"
                className={classes.sort}
                data-align={column.align}
                title={texts.resize(column.label)}
                onClick={(event) => props.onSort(column.key, event.shiftKey)}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
                  event.preventDefault();
                  props.onResize(column.key, clamp(column.width + (event.key === 'ArrowRight' ? 20 : -20)));
                }}
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
            <ResizeHandle width={column.width} onResize={(width) => props.onResize(column.key, width)} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface ResizeHandleProps {
  width: number;
  onResize: (width: number) => void;
}

function clamp(width: number): number {
  return Math.max(kNarrowest, Math.min(kWidest, Math.round(width)));
}

// Dragged with the mouse or a finger; a double click widens. The keyboard does the same on the header: Alt+arrows.
function ResizeHandle({ width, onResize }: ResizeHandleProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const onMove = (event: PointerEvent) => {
    if (start.current) onResize(clamp(start.current.width + event.clientX - start.current.x));
  };
  return (
    <span
      className={classes.resize}
      aria-hidden="true"
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => onResize(clamp(width * 1.5))}
    />
  );
}
