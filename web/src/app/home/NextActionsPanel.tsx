import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type FieldMeta, type ObjectMeta, useRecordList } from '@/api';
import { addDays, ErrorState, Loading, NamedIcon, Panel, today, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';
import { dayOf, untilDay } from './workFields';

const daysAhead = 7;

/** My customers whose next step is due; nothing is shown when there is none. */
export function NextActionsPanel({ object, field }: { object: ObjectMeta; field: FieldMeta }) {
  const { t, label } = useTexts();
  const format = useFormat();
  const now = today();
  const what = object.fields.find(
    (candidate) => candidate.key === 'next_action' && candidate.kind === 'text',
  );
  const query = useMemo(
    () => ({
      filter: { and: [{ owner_id: { eq: 'me' } }, untilDay(field, addDays(now, daysAhead))] },
      sort: field.key,
      fields: what ? [object.title, field.key, what.key] : [object.title, field.key],
    }),
    [field, what, now, object],
  );
  const { records, isPending, error, refetch } = useRecordList(object, query, { limit: 12 });
  if (!isPending && !error && records.length === 0) return null;
  return (
    <Panel title={t('app.nextActions', { name: label(object.label) })} flush>
      {isPending ? (
        <Loading rows={3} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className={list.rows}>
          {records.map((record) => {
            const day = dayOf(record, field) ?? now;
            return (
              <li key={record.id}>
                <Link
                  to="/o/$plural/$id"
                  params={{ plural: object.plural, id: record.id }}
                  className={list.row}
                >
                  <NamedIcon name={object.icon} />
                  <span className={list.main}>
                    <span>{record.title}</span>
                    {what && typeof record[what.key] === 'string' && (
                      <span className={list.sub}>{String(record[what.key])}</span>
                    )}
                  </span>
                  <span className={`${list.when} ${day < now ? list.late : ''}`}>{format.due(day)}</span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
