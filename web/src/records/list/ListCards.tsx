import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type FieldMeta, type ListQuery, type ObjectMeta, useRecordList } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { Button, ErrorState, Loading, useTexts } from '@/ui';
import classes from './list.module.css';

interface ListCardsProps {
  object: ObjectMeta;
  query: ListQuery;
  columns: FieldMeta[];
}

const kShown = 4;

/** The list on a phone: a card a record, more as one scrolls. */
export function ListCards({ object, query, columns }: ListCardsProps) {
  const { t, label } = useTexts();
  const list = useRecordList(object, query, { limit: 30 });
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
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
      <ul className={classes.cards}>
        {list.records.map((record) => {
          const filled = columns.filter((field) => !isEmpty(record[field.key])).slice(0, kShown);
          return (
            <li key={record.id}>
              <Link
                className={classes.card}
                to="/o/$plural/$id"
                params={{ plural: object.plural, id: record.id }}
              >
                <span className={classes.cardTitle}>{record.title}</span>
                {filled.map((field) => {
                  const Cell = kindOf(field.kind).Cell;
                  return (
                    <span key={field.key} className={classes.cardFact}>
                      <span className={classes.cardLabel}>{label(field.label)}</span>
                      <Cell field={field} value={record[field.key]} place="row" />
                    </span>
                  );
                })}
              </Link>
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
