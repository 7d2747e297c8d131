import { type CSSProperties, type MouseEvent, memo, useState } from 'react';
import type { SheetColumn } from './Sheet';
import classes from './Sheet.module.css';

interface SheetRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  columns: SheetColumn<Row>[];
  styles: CSSProperties[]; // of the columns; the same objects while the columns are the same
  top: number;
  height: number;
  ticked: boolean;
  current: boolean;
  activeColumn: number; // -1 when another row is active
  tickLabel: (row: number) => string;
  onCell: (index: number, column: number, event: MouseEvent, double: boolean) => void;
  onTick: (index: number, range: boolean) => void;
}

function PlainRow<Row>(props: SheetRowProps<Row>) {
  const [slot] = useState(props.index);
  const { id, index, row, columns, styles, ticked, onCell, onTick } = props;
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
      {columns.map((column, at) => (
        // The keyboard acts through the grid itself, which knows the active cell.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <div
          key={column.key}
          id={props.activeColumn === at ? `${id}-${index}-${at}` : undefined}
          role="gridcell"
          tabIndex={-1}
          aria-colindex={at + 2}
          className={at === 0 ? classes.firstCell : classes.cell}
          data-active={props.activeColumn === at || undefined}
          data-align={column.align}
          style={styles[at]}
          onClick={(event) => onCell(index, at, event, false)}
          onDoubleClick={(event) => onCell(index, at, event, true)}
        >
          {row === undefined ? (
            <span className={classes.skeleton} style={skeletonWidth(slot, at)} />
          ) : (
            column.render(row)
          )}
        </div>
      ))}
    </div>
  );
}

export const SheetRow = memo(PlainRow) as typeof PlainRow;

// Uneven, but the same as long as the row stands, so that waiting rows do not flicker and cost no layout.
const skeletons = Array.from({ length: 45 }, (_, more): CSSProperties => ({ width: `${35 + more}%` }));
function skeletonWidth(row: number, column: number) {
  return skeletons[(row * 7 + column * 13) % skeletons.length];
}
