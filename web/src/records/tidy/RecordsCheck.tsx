import { useState } from 'react';
import {
  type FieldMeta,
  type ObjectMeta,
  type TidyCheck,
  type TidyRecord,
  type TidyScope,
  useObjects,
  useTidyItems,
} from '@/api';
import { extendRows, noRows, type RowSelection, toggleAll, toggleRow } from '@/grid/rowSelection';
import { Button, ErrorState, formatNumber, Loading, Text, useMediaQuery, useTexts } from '@/ui';
import { CleanState } from './CleanState';
import { MendBar } from './MendBar';
import { MendDialog } from './MendDialog';
import { fieldOfDays, linkOf, type Mend, mendsOf, type Target } from './mends';
import { RecordCards, RecordTable } from './RecordRows';
import { StaleTools } from './StaleTools';
import classes from './tidy.module.css';

interface RecordsCheckProps {
  object: ObjectMeta;
  check: TidyCheck;
  scope: TidyScope;
  onScope: (scope: TidyScope) => void;
}

// The day of a task is no field of the record that it is for.
const kDay: FieldMeta = { id: 0, key: 'due', kind: 'date', label: { ja: '', en: '' }, comparison: 'date' };

interface Picked {
  /** What was listed when they were ticked: other conditions begin anew. */
  scope: string;
  rows: RowSelection;
  /** Also what is not loaded. */
  all: boolean;
}

/** The records that a check found: tick, then mend. */
export function RecordsCheck({ object, check, scope, onScope }: RecordsCheckProps) {
  const { t } = useTexts();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const objects = useObjects();
  const found = useTidyItems<TidyRecord>(object.key, check.key, scope);
  const listed = JSON.stringify(scope);
  const [state, setState] = useState<Picked>({ scope: listed, rows: noRows, all: false });
  const [mending, setMending] = useState<{ mend: Mend; target: Target }>();
  const picked = state.scope === listed ? state : { scope: listed, rows: noRows, all: false };
  const pick = (rows: RowSelection, all = false) => setState({ scope: listed, rows, all });

  const loaded = found.items.map((item) => item.record.id);
  // What somebody else has mended meanwhile is gone from the list and from the choice.
  const ids = loaded.filter((id) => picked.rows.ids.has(id));
  const whole = ids.length > 0 && ids.length === loaded.length && found.hasNextPage;
  const stage = fieldOfDays(object, found.days);
  const fieldFor = (mend: Mend): FieldMeta | undefined => {
    if (mend.asks === 'day') return kDay;
    if (mend.asks === 'stage') return stage;
    if (mend.asks === 'owner') return object.fields.find((field) => field.key === 'owner_id');
    return mend.offers && linkOf(object, found.items);
  };
  const mends = mendsOf(check.key, object, objects).filter((mend) => !mend.asks || fieldFor(mend));
  const rows = {
    object,
    records: found.items,
    ticked: (id: string) => picked.all || picked.rows.ids.has(id),
    onTick: (row: number, id: string, range: boolean) =>
      pick(
        range ? extendRows(picked.rows, row, (at) => loaded[at]).selection : toggleRow(picked.rows, row, id),
      ),
    onTickAll: () => pick(toggleAll(picked.rows, loaded)),
  };
  // What the list of checks counted is what is listed here, unless it is narrowed.
  const total = scope.days || scope.stage ? undefined : check;

  return (
    <>
      {(found.days || scope.stage || scope.days) && (
        <StaleTools object={object} field={stage} days={found.days} scope={scope} onScope={onScope} />
      )}
      {found.error && found.items.length === 0 ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading rows={10} />
      ) : found.items.length === 0 ? (
        <CleanState />
      ) : (
        <div className={classes.list} aria-busy={found.isPlaceholderData}>
          {phone ? <RecordCards {...rows} /> : <RecordTable {...rows} />}
          {found.hasNextPage && (
            <div className={classes.more}>
              <Button
                variant="subtle"
                loading={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                {t('records.more')}
              </Button>
            </div>
          )}
        </div>
      )}
      {ids.length > 0 && (
        <div className={classes.dock}>
          {whole && !picked.all && (
            <div className={classes.whole}>
              <Text component="span">{t('records.tidy.shown', { count: formatNumber(ids.length) })}</Text>
              <Button size="compact-sm" variant="subtle" onClick={() => pick(picked.rows, true)}>
                {total
                  ? t(total.more ? 'records.tidy.takeAllMore' : 'records.tidy.takeAllCount', {
                      count: formatNumber(total.count),
                    })
                  : t('records.tidy.takeAll')}
              </Button>
            </div>
          )}
          <MendBar
            mends={mends}
            count={picked.all ? undefined : ids.length}
            onMend={(mend) => setMending({ mend, target: picked.all ? { all: true, scope } : { ids } })}
            onClear={() => pick(noRows)}
          />
        </div>
      )}
      {mending && (
        <MendDialog
          object={object}
          check={check.key}
          {...mending}
          field={fieldFor(mending.mend)}
          onDone={() => {
            setMending(undefined);
            pick(noRows);
          }}
          onClose={() => setMending(undefined)}
        />
      )}
    </>
  );
}
