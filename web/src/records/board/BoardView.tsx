import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { type FieldMeta, type ListQuery, type ObjectMeta, type RecordData, useListSummary } from '@/api';
import { ErrorState, isComposing, Tabs, useFormat, useTexts, VisuallyHidden } from '@/ui';
import { isEditable } from '../fieldGroups';
import { BoardCard } from './BoardCard';
import { BoardColumnView, type ColumnTotals } from './BoardColumnView';
import classes from './board.module.css';
import {
  type BoardColumn,
  boardColumns,
  boardField,
  type ColumnKey,
  columnFilter,
  neighbor,
  sinceField,
  sumField,
} from './boardModel';
import { MoveMenu } from './MoveMenu';
import { Needs } from './Needs';
import { useMoves } from './useMoves';

interface BoardViewProps {
  object: ObjectMeta;
  /** Key of the field that makes the columns; the object's own when it cannot. */
  by: string | undefined;
  query: ListQuery;
  columns: FieldMeta[];
  phone: boolean;
  current: string | undefined;
  onOpen: (record: RecordData) => void;
}

/** A list as a board: a column a choice. What is moved is saved, and can be taken back. */
export function BoardView(props: BoardViewProps) {
  const field = boardField(props.object, props.by);
  // A saved address may ask for a board of what has no choices (any more).
  return field ? <Board key={field.key} {...props} field={field} /> : null;
}

function Board({
  object,
  field,
  query,
  columns: listed,
  phone,
  current,
  onOpen,
}: BoardViewProps & { field: FieldMeta }) {
  const { t, label } = useTexts();
  const format = useFormat();
  const since = sinceField(object, field.key);
  const facts = listed.filter((each) => each.key !== field.key);
  const amount = sumField(object, listed);
  const summary = useListSummary(object, {
    group: field.key,
    sum: amount ? [amount.key] : [],
    filter: query.filter,
    q: query.q,
  });
  const columns = boardColumns(field, summary.data);
  const nameOf = (column: BoardColumn) => (column.label ? label(column.label) : t('records.board.none'));
  const [said, setSaid] = useState('');
  const board = useRef<HTMLDivElement>(null);
  const movable = object.permissions.update && isEditable(field);
  const moving = useMoves({ object, field, nameOf, announce: setSaid });

  const fields = [...new Set([...(query.fields ?? []), field.key, ...(since ? [since.key] : [])])];
  const queryOf = (key: ColumnKey): ListQuery => ({
    ...query,
    fields,
    filter: columnFilter(query.filter, field.key, key),
  });
  const totalsOf = (key: ColumnKey): ColumnTotals | undefined => {
    if (!summary.data) return undefined;
    const group = summary.data.groups.find(({ value }) => (value ?? null) === key);
    const count = (group?.count ?? 0).toLocaleString('en-US');
    return {
      count: t(summary.data.exact ? 'records.list.count' : 'records.list.countMore', { count }),
      sum: amount && {
        label: t('records.board.sum', { name: label(amount.label) }),
        text: format.yenShort(group?.sums[amount.key] ?? 0),
      },
    };
  };

  // The card takes the focus along to where it goes.
  const [follow, setFollow] = useState<string>();
  useEffect(() => {
    if (!follow) return;
    board.current?.querySelector<HTMLElement>(`[data-card="${follow}"] a`)?.focus();
    setFollow(undefined);
  }, [follow]);

  const move = (record: RecordData, from: ColumnKey, to: BoardColumn | undefined, focus: boolean) => {
    if (!to) return;
    moving.start(record, from, to);
    if (focus && !phone) setFollow(record.id);
  };
  const onKeyDown = (event: KeyboardEvent, record: RecordData, from: ColumnKey) => {
    if (isComposing(event) || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    // The browser would go back or forward.
    event.preventDefault();
    const to = neighbor(columns, from, event.key === 'ArrowLeft' ? -1 : 1);
    if (to) move(record, from, to, true);
    else setSaid(t('records.board.end'));
  };

  const column = (each: BoardColumn) => (
    <BoardColumnView
      key={each.key ?? ''}
      object={object}
      column={each}
      name={nameOf(each)}
      totals={totalsOf(each.key)}
      query={queryOf(each.key)}
      moves={moving.moves}
      bare={phone}
      onDrop={(record, from) => move(record, from, each, false)}
      renderCard={(record) => (
        <BoardCard
          key={record.id}
          object={object}
          record={record}
          column={each}
          facts={facts}
          since={since}
          busy={moving.moves.has(record.id)}
          draggable={movable && !phone}
          onOpen={phone ? undefined : onOpen}
          onKeyDown={movable ? (event) => onKeyDown(event, record, each.key) : undefined}
          current={record.id === current}
          menu={
            movable && (
              <MoveMenu
                title={record.title || t('records.untitled')}
                columns={columns.filter((other) => other.key !== each.key)}
                nameOf={nameOf}
                keysHint={!phone}
                disabled={moving.moves.has(record.id)}
                onMove={(to) => move(record, each.key, to, true)}
              />
            )
          }
        />
      )}
    />
  );

  return (
    <div ref={board} className={classes.board}>
      {summary.error && !summary.data && (
        <ErrorState compact error={summary.error} onRetry={() => void summary.refetch()} />
      )}
      {!movable && <p className={classes.note}>{t('records.board.readOnly')}</p>}
      {phone ? (
        <PhoneColumns columns={columns} nameOf={nameOf} totalsOf={totalsOf} column={column} />
      ) : (
        <div className={classes.columns}>{columns.map(column)}</div>
      )}
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
      {moving.needed && (
        <Needs
          object={object}
          needed={moving.needed}
          columnName={nameOf(moving.needed.column)}
          saving={moving.saving}
          onSave={moving.fill}
          onGiveUp={moving.giveUp}
        />
      )}
    </div>
  );
}

interface PhoneColumnsProps {
  columns: BoardColumn[];
  nameOf: (column: BoardColumn) => string;
  totalsOf: (key: ColumnKey) => ColumnTotals | undefined;
  column: (column: BoardColumn) => ReactNode;
}

/** One column at a time. */
function PhoneColumns({ columns, nameOf, totalsOf, column }: PhoneColumnsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const value = columns.find(({ key }) => (key ?? '') === chosen) ?? columns[0];
  return (
    <Tabs value={value?.key ?? ''} onChange={setChosen} keepMounted={false}>
      <Tabs.List className={classes.tabs}>
        {columns.map((each) => (
          <Tabs.Tab key={each.key ?? ''} value={each.key ?? ''} className={classes.tab}>
            {nameOf(each)} <span className={classes.tabCount}>{totalsOf(each.key)?.count}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {columns.map((each) => (
        <Tabs.Panel key={each.key ?? ''} value={each.key ?? ''}>
          {column(each)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
