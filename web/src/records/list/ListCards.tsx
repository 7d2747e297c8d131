import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type FieldMeta, type ListQuery, type ObjectMeta, type RecordData, useRecordList } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { type RowSelection, toggleAll, toggleRow } from '@/grid/rowSelection';
import { Button, ErrorState, Loading, useTexts } from '@/ui';
import classes from './list.module.css';
import { useLongPress } from './useLongPress';

interface ListCardsProps {
  object: ObjectMeta;
  query: ListQuery;
  columns: FieldMeta[];
  /** Present while cards are ticked instead of opened. */
  selection?: RowSelection;
  /** Without a selection it begins one: a finger stayed on a card. */
  onSelection?: (selection: RowSelection) => void;
}

const kShown = 4;

/** The list on a phone: a card a record, more as one scrolls; a finger that stays begins to choose several. */
export function ListCards({ object, query, columns, selection, onSelection }: ListCardsProps) {
  const { t } = useTexts();
  const list = useRecordList(object, query, { limit: 30 });
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const ids = list.records.map((record) => record.id);
  const toggle = (id: string) =>
    onSelection?.(toggleRow(selection ?? { ids: new Set(), anchor: null }, ids.indexOf(id), id));
  const press = useLongPress(toggle);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasNextPage || isFetchingNextPage) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '400px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isPending) return <Loading rows={8} />;
  if (list.error && list.records.length === 0)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      {selection && (
        <div className={classes.pickHead}>
          <Button size="compact-sm" variant="subtle" onClick={() => onSelection?.(toggleAll(selection, ids))}>
            {t(ids.every((id) => selection.ids.has(id)) ? 'records.bulk.none' : 'records.bulk.all', {
              count: ids.length,
            })}
          </Button>
        </div>
      )}
      <ul className={classes.cards}>
        {list.records.map((record) => {
          const facts = <CardFacts record={record} columns={columns} />;
          const hold = onSelection ? press(record.id) : {};
          const ticked = selection?.ids.has(record.id) ?? false;
          return (
            <li key={record.id}>
              {selection ? (
                // biome-ignore lint/a11y/useSemanticElements: the whole card is the target, not a small box in it
                <button
                  type="button"
                  role="checkbox"
                  aria-checked={ticked}
                  className={classes.card}
                  onClick={() => toggle(record.id)}
                  {...hold}
                >
                  {ticked ? (
                    <IconSquareCheckFilled className={classes.cardTick} size={22} aria-hidden="true" />
                  ) : (
                    <IconSquare className={classes.cardTick} size={22} stroke={1.4} aria-hidden="true" />
                  )}
                  {facts}
                </button>
              ) : (
                <Link
                  className={classes.card}
                  to="/o/$plural/$id"
                  params={{ plural: object.plural, id: record.id }}
                  {...hold}
                >
                  {facts}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      <div ref={end}>
        {hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('records.more')}
          </Button>
        )}
      </div>
    </>
  );
}

function CardFacts({ record, columns }: { record: RecordData; columns: FieldMeta[] }) {
  const { t, label } = useTexts();
  const filled = columns.filter((field) => !isEmpty(record[field.key])).slice(0, kShown);
  return (
    <span className={classes.cardBody}>
      <span className={classes.cardTitle}>{record.title || t('records.untitled')}</span>
      {filled.map((field) => {
        const Cell = kindOf(field.kind).Cell;
        return (
          <span key={field.key} className={classes.cardFact}>
            <span className={classes.cardLabel}>{label(field.label)}</span>
            <Cell field={field} value={record[field.key]} place="row" />
          </span>
        );
      })}
    </span>
  );
}
