import { type CSSProperties, memo, useState } from 'react';
import classes from './Sheet.module.css';
import type { CellMark, SheetColumn } from './sheetTypes';

interface SheetRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  columns: SheetColumn<Row>[];
  styles: CSSProperties[]; // of the columns; the same objects while the columns are the same
  marks: Readonly<Record<string, CellMark>> | undefined;
  top: number;
  height: number;
  ticked: boolean;
  current: boolean;
  // Columns of this row; -1 for none.
  activeColumn: number;
  pickedFrom: number;
  pickedTo: number;
  fillFrom: number;
  fillTo: number;
  handleAt: number;
  tickLabel: (row: number) => string;
  onTick: (index: number, range: boolean) => void;
}

function PlainRow<Row>(props: SheetRowProps<Row>) {
  const [slot] = useState(props.index);
  const { id, index, row, columns, styles, marks, ticked, onTick } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked}
      className={classes.row}
      data-current={props.current || undefined}
      data-ticked={ticked || undefined}
      style={{ top: props.top, height: props.height }}
      tabIndex={-1}
    >
      <div role="rowheader" aria-colindex={1} className={classes.gutter}>
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
        <span className={classes.number}>{(index + 1).toLocaleString('en-US')}</span>
      </div>
      {columns.map((column, at) => {
        const mark = marks?.[column.key];
        return (
          <div
            key={column.key}
            id={props.activeColumn === at ? `${id}-${index}-${at}` : undefined}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={at + 2}
            aria-invalid={mark && mark.state !== 'saving' ? true : undefined}
            className={at === 0 ? classes.firstCell : classes.cell}
            data-active={props.activeColumn === at || undefined}
            data-picked={(at >= props.pickedFrom && at <= props.pickedTo) || undefined}
            data-fill={(at >= props.fillFrom && at <= props.fillTo) || undefined}
            data-mark={mark?.state}
            data-align={column.align}
            style={styles[at]}
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
