import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type ListQuery, type ObjectMeta, useObjects, useRecordList, useSession } from '@/api';
import { toAddress } from '@/records/listState';
import { addDays, Button, ErrorState, Loading, NativeSelect, Panel, Text, today, useTexts } from '@/ui';
import classes from './HomePage.module.css';
import { useHomeChoice } from './useHomeChoice';
import { WorkRow } from './WorkRow';
import { ofWhom, type Whose } from './whose';
import { joined, objectOf, possibleActions, readable, type WorkPanel, workPanels } from './workPanels';

/** What waits for somebody, kind by kind; a kind that the reader may not see is not there. */
export function WorkPanels({ whose }: { whose: Whose }) {
  const objects = useObjects();
  return workPanels.map((panel) => {
    const object = objectOf(panel, objects);
    return object && <OnePanel key={panel.key} panel={panel} object={object} whose={whose} />;
  });
}

const shown = 6;
const most = 30;
const noPiece: ListQuery = {};

function OnePanel({ panel, object, whose }: { panel: WorkPanel; object: ObjectMeta; whose: Whose }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const user = useSession().data?.user;
  const [days, setDays] = useHomeChoice<number>(`${panel.key}-days`, panel.days?.usual ?? 0);
  const now = today();
  const [whole, setWhole] = useState(false);
  const { filter, queries } = useMemo(() => {
    const whom = ofWhom(whose, user, panel.unclaimed);
    const own = panel.filter(days, addDays(now, days));
    const fields = [
      object.title,
      panel.day.field,
      'owner_id',
      ...panel.also,
      ...(object.customer_links ?? []),
    ].filter((key) => readable(object, key));
    return {
      filter: joined(panel, own, whom),
      queries: (panel.pieces?.(days) ?? [own]).map(
        (piece): ListQuery => ({ filter: joined(panel, piece, whom), sort: panel.sort, fields }),
      ),
    };
  }, [panel, object, days, now, whose, user]);
  const first = useRecordList(object, queries[0] ?? noPiece, { limit: most, counted: false });
  const second = useRecordList(object, queries[1] ?? noPiece, {
    limit: most,
    counted: false,
    enabled: queries.length > 1 && first.isSuccess && !first.hasNextPage,
  });
  const waiting = first.isPending || second.isLoading;
  const error = first.error ?? second.error;
  // A piece that is not asked for has nothing of its own to show.
  const found = [...first.records, ...(queries.length > 1 && !first.hasNextPage ? second.records : [])];
  const isMore = first.hasNextPage || second.hasNextPage || found.length > most;
  const records = found.slice(0, whole ? most : shown);
  const rest = Math.min(found.length, most) - records.length;
  const actions = useMemo(() => possibleActions(panel, objects), [panel, objects]);
  const title = t(`app.work.${panel.key}`, { name: label(object.plural_label) });

  return (
    <Panel
      flush
      title={
        <>
          {title}
          {!waiting && found.length > 0 && (
            <span className={classes.count}>
              {isMore ? t('app.work.more', { count: most }) : t('app.count', { count: found.length })}
            </span>
          )}
        </>
      }
      actions={
        <>
          {panel.days && (
            <NativeSelect
              size="xs"
              aria-label={t('app.work.daysOf', { title })}
              value={String(days)}
              onChange={(event) => setDays(Number(event.currentTarget.value))}
              data={panel.days.choices.map((count) => ({
                value: String(count),
                label: t(count === 0 ? 'app.work.today' : `app.work.days.${panel.days?.as}`, { count }),
              }))}
            />
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            renderRoot={(props) => (
              <Link
                to="/o/$plural"
                params={{ plural: object.plural }}
                search={toAddress({ filter, sort: panel.sort })}
                aria-label={t('app.work.allOf', { title })}
                {...props}
              />
            )}
          >
            {t('app.work.all')}
          </Button>
        </>
      }
    >
      {waiting ? (
        <Loading rows={2} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void (first.error ? first : second).refetch()} />
      ) : records.length === 0 ? (
        <Text c="dimmed" className={classes.calm}>
          {t(`app.work.none.${panel.key}`)}
        </Text>
      ) : (
        <div aria-busy={first.isPlaceholderData || undefined}>
          {records.map((record) => (
            <WorkRow
              key={record.id}
              panel={panel}
              object={object}
              record={record}
              actions={actions}
              named={whose !== 'mine'}
            />
          ))}
          {rest > 0 && (
            <Button variant="subtle" m={6} onClick={() => setWhole(true)}>
              {t('app.work.rest', { count: rest })}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}
