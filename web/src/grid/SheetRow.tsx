import { type CSSProperties, memo, useState } from 'react';
import type { PlacedColumn } from './columnWidths';
import classes from './Sheet.module.css';
import type { CellMark, RowHeading, RowPaint, SheetColumn } from './sheetTypes';

interface SheetRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  columns: SheetColumn<Row>[];
  places: PlacedColumn[]; // of the columns; the same objects while the columns are the same
  marks: Readonly<Record<string, CellMark>> | undefined;
  paint: RowPaint | undefined;
  heading: RowHeading | undefined;
  level: boolean; // rows stand under headings
  found: ReadonlySet<string> | undefined; // columns
  top: number;
  height: number;
  ticked: boolean;
  tickable: boolean;
  current: boolean;
  // Columns of this row; -1 for none.
  activeColumn: number;
  pickedFrom: number;
  pickedTo: number;
  fillFrom: number;
  fillTo: number;
  foundAt: number;
  handleAt: number;
  tickLabel: (row: number) => string;
  onTick: (index: number, range: boolean) => void;
}

function PlainRow<Row>(props: SheetRowProps<Row>) {
  const [slot] = useState(props.index);
  const { id, index, row, columns, places, marks, paint, ticked, onTick } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked}
      aria-expanded={props.heading?.expanded}
      aria-level={props.level ? (props.heading ? 1 : 2) : undefined}
      className={classes.row}
      data-current={props.current || undefined}
      data-ticked={ticked || undefined}
      data-heading={props.heading ? '' : undefined}
      style={{ top: props.top, height: props.height }}
      tabIndex={-1}
    >
      <div role="rowheader" aria-colindex={1} className={classes.gutter}>
        {props.tickable && (
          <input
            type="checkbox"
            className={classes.tick}
            tabIndex={-1}
            checked={ticked}
            disabled={row === undefined}
            aria-label={props.tickLabel(index + 1)}
            onChange={() => undefined}
            onClick={(event) => onTick(index, event.shiftKey)}
          />
        )}
        <span className={classes.number}>{(index + 1).toLocaleString('en-US')}</span>
      </div>
      {columns.map((column, at) => {
        const mark = marks?.[column.key];
        const color = paint?.cells?.[column.key] ?? paint?.row;
        return (
          <div
            key={column.key}
            id={props.activeColumn === at ? `${id}-${index}-${at}` : undefined}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={at + 2}
            aria-invalid={mark?.state === 'wrong' || mark?.state === 'conflict' || undefined}
            className={at === 0 ? classes.firstCell : classes.cell}
            data-frozen={places[at]?.frozen}
            data-active={props.activeColumn === at || undefined}
            data-picked={(at >= props.pickedFrom && at <= props.pickedTo) || undefined}
            data-fill={(at >= props.fillFrom && at <= props.fillTo) || undefined}
            data-mark={mark?.state}
            data-paint={color?.color}
            data-why={color?.why}
            aria-description={color?.why}
            data-found={props.foundAt === at ? 'here' : props.found?.has(column.key) ? 'hit' : undefined}
            data-align={column.align}
            style={places[at]?.style}
          >
            {row === undefined ? (
              <span className={classes.skeleton} style={skeletonWidth(slot, at)} />
            ) : mark?.text !== undefined ? (
              <span className={classes.typed}>{mark.text}</span>
            ) : (
              column.render(row)
            )}
            {props.handleAt === at && <span className={classes.handle} data-handle="" />}
          </div>
        );
      })}
    </div>
  );
}

export const SheetRow = memo(PlainRow) as typeof PlainRow;

// Uneven, but the same as long as the row stands, so that waiting rows do not flicker and cost no layout.
const skeletons = Array.from({ length: 45 }, (_, more): CSSProperties => ({ width: `${35 + more}%` }));
function skeletonWidth(row: number, column: number) {
  return skeletons[(row * 7 + column * 13) % skeletons.length];
}
