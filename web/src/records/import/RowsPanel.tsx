import { type ReactNode, useState } from 'react';
import {
  type ImportAction,
  type ImportPreviewRow,
  type ImportRun,
  type ImportSettings,
  type ObjectMeta,
  useImportRows,
} from '@/api';
import { EmptyState, ErrorState, Loading, Panel, Text, UnstyledButton, useTexts } from '@/ui';
import { ChangeRows } from './ChangeRows';
import classes from './import.module.css';
import { LookRows } from './LookRows';
import { PreviewTable } from './PreviewTable';

/** Every decision before it happens, kind by kind. */
export function RowsPanel({
  run,
  object,
  onChange,
}: {
  run: ImportRun;
  object: ObjectMeta;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const counts = run.counts;
  const [chosen, setChosen] = useState<ImportAction | undefined>(undefined);
  const number = (count: number) => count.toLocaleString('en-US');
  const kinds: { action: ImportAction; count: number }[] = counts
    ? [
        { action: 'create', count: counts.creates ?? 0 },
        { action: 'update', count: counts.updates ?? 0 },
        { action: 'same', count: counts.same ?? 0 },
        { action: 'look', count: counts.looks ?? 0 },
        { action: 'error', count: counts.errors },
        { action: 'skip', count: (counts.known ?? 0) + (counts.left_out ?? 0) },
      ]
    : [];
  const shown = kinds.filter(
    ({ action, count }) =>
      count > 0 ||
      action === 'create' ||
      action === chosen ||
      (action === 'update' && run.mode !== 'create') ||
      (action === 'look' && (run.choices?.length ?? 0) > 0),
  );
  return (
    <Panel title={t('records.import.preview.title')} flush>
      {counts && (
        <div className={classes.counts} role="status">
          <span>{t('records.import.counts.rows', { count: number(counts.rows) })}</span>
          {counts.warnings > 0 && (
            <span>{t('records.import.counts.warnings', { count: number(counts.warnings) })}</span>
          )}
          {!!counts.links_to_make && (
            <span>{t('records.import.counts.links', { count: number(counts.links_to_make) })}</span>
          )}
          {counts.complete === false && (
            <span className={classes.quiet}>{t('records.import.counts.counting')}</span>
          )}
        </div>
      )}
      <fieldset className={classes.kinds} aria-label={t('records.import.rows.filter')}>
        <Kind pressed={chosen === undefined} onPress={() => setChosen(undefined)}>
          {t('records.import.rows.all')}
        </Kind>
        {shown.map(({ action, count }) => (
          <Kind key={action} action={action} pressed={chosen === action} onPress={() => setChosen(action)}>
            {t(`records.import.rows.${action}`)} <b>{number(count)}</b>
          </Kind>
        ))}
      </fieldset>
      {chosen === undefined ? (
        <PreviewTable rows={run.preview ?? []} run={run} object={object} />
      ) : (
        <RowsOf
          key={chosen}
          run={run}
          object={object}
          action={chosen}
          count={kinds.find((kind) => kind.action === chosen)?.count ?? 0}
          onChange={onChange}
        />
      )}
    </Panel>
  );
}

function Kind({
  action,
  pressed,
  onPress,
  children,
}: {
  action?: ImportAction;
  pressed: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <UnstyledButton className={classes.kind} data-action={action} aria-pressed={pressed} onClick={onPress}>
      {children}
    </UnstyledButton>
  );
}

function RowsOf({
  run,
  object,
  action,
  count,
  onChange,
}: {
  run: ImportRun;
  object: ObjectMeta;
  action: ImportAction;
  count: number;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const found = useImportRows(run, action);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={5} />;
  const rows: ImportPreviewRow[] = found.data;
  if (rows.length === 0 && !(action === 'look' && run.choices?.length))
    return <EmptyState compact title={t('records.import.rows.none')} />;
  return (
    <>
      {count > rows.length && rows.length > 0 && (
        <Text c="dimmed" size="xs" className={classes.running}>
          {t('records.import.rows.first', { count: rows.length.toLocaleString('en-US') })}
        </Text>
      )}
      {action === 'look' ? (
        <LookRows rows={rows} run={run} onChange={onChange} />
      ) : action === 'update' ? (
        <ChangeRows rows={rows} object={object} />
      ) : (
        <PreviewTable rows={rows} run={run} object={object} />
      )}
    </>
  );
}
