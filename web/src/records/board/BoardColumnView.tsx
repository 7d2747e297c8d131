import { type ReactNode, useId, useRef } from 'react';
import { type ListQuery, type ObjectMeta, type RecordData, useRecordList } from '@/api';
import { ChoiceBadge } from '@/fields';
import { Button, ErrorState, Skeleton, useTexts, VisuallyHidden } from '@/ui';
import classes from './board.module.css';
import { type BoardColumn, type ColumnKey, type Move, withMoves } from './boardModel';
import { useCardDrop } from './cardDrag';

const kCards = 50;

export interface ColumnTotals {
  count: string;
  /** What it adds up to, and of which field; absent without amounts. */
  sum?: { label: string; text: string };
}

interface BoardColumnViewProps {
  object: ObjectMeta;
  column: BoardColumn;
  name: string;
  /** Absent while they are counted. */
  totals?: ColumnTotals;
  query: ListQuery;
  moves: ReadonlyMap<string, Move>;
  /** Of a phone the tab says the name. */
  bare?: boolean;
  onDrop: (record: RecordData, from: ColumnKey) => void;
  renderCard: (record: RecordData) => ReactNode;
}

/** A column: what is in it and what it adds up to, and its cards, fifty at a time. */
export function BoardColumnView(props: BoardColumnViewProps) {
  const { object, column, name, totals, moves, onDrop, renderCard } = props;
  const { t } = useTexts();
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const over = useCardDrop(place, column.key, onDrop);
  const list = useRecordList(object, props.query, { limit: kCards });
  const records = withMoves(list.records, moves, column.key);
  return (
    <section ref={place} className={classes.column} aria-labelledby={id} data-over={over || undefined}>
      <header className={classes.head}>
        <h2 id={id} className={classes.name}>
          {props.bare ? (
            <VisuallyHidden>{name}</VisuallyHidden>
          ) : (
            <ChoiceBadge color={column.color}>{name}</ChoiceBadge>
          )}
        </h2>
        {totals && !props.bare && <span className={classes.count}>{totals.count}</span>}
        {totals?.sum && (
          <span className={classes.sum} title={totals.sum.label}>
            {props.bare ? (
              <span className={classes.sumLabel}>{totals.sum.label}</span>
            ) : (
              <VisuallyHidden>{totals.sum.label}</VisuallyHidden>
            )}
            {totals.sum.text}
          </span>
        )}
      </header>
      <div className={classes.scroll}>
        {list.error && list.records.length === 0 ? (
          <ErrorState compact error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <CardSkeletons />
        ) : (
          <>
            {records.length === 0 && <p className={classes.empty}>{t('records.board.empty')}</p>}
            <ul className={classes.cards}>{records.map(renderCard)}</ul>
            {list.hasNextPage && (
              <Button
                variant="subtle"
                size="compact-sm"
                fullWidth
                loading={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                {t('records.more')}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function CardSkeletons() {
  const { t } = useTexts();
  return (
    <div className={classes.cards} role="status" aria-label={t('ui.loading')}>
      {[96, 112, 96].map((height, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cards are alike and never move
        <Skeleton key={at} height={height} radius="sm" />
      ))}
    </div>
  );
}
