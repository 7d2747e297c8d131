import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Applied,
  type Choices,
  type ObjectMeta,
  type RowState,
  type TableComparison,
  useApplyComparison,
  useComparedRows,
  useComparison,
} from '@/api';
import {
  Alert,
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  formatDateTime,
  joinList,
  Loading,
  notifyError,
  notifyUndo,
  PageHeader,
  Panel,
  SegmentedControl,
  Text,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { CompareTable } from './CompareTable';
import { noChoices, withAll } from './choices';
import classes from './compare.module.css';

/** What a table that was edited in Excel says differently, to be taken or left, cell by cell. */
export function ComparePage({ object, id }: { object: ObjectMeta; id: string }) {
  const { t, label } = useTexts();
  const found = useComparison(id);
  return (
    <div className={classes.page}>
      <Link to="/o/$plural" params={{ plural: object.plural }} className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('records.compare.back', { name: label(object.plural_label) })}
      </Link>
      <PageHeader title={t('records.compare.title')} />
      {found.isPending ? (
        <Loading rows={8} />
      ) : found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Compared object={object} comparison={found.data} />
      )}
    </div>
  );
}

function Compared({ object, comparison }: { object: ObjectMeta; comparison: TableComparison }) {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [state, setState] = useState<RowState | ''>('');
  const [choices, setChoices] = useState<Choices>(noChoices);
  const [applied, setApplied] = useState<Applied>();
  const rows = useComparedRows(comparison.id, state);
  const apply = useApplyComparison(comparison.id);
  const counts = comparison.counts;
  const open = comparison.status === 'open';
  const byState: Record<RowState, number> = {
    change: counts.changes,
    conflict: counts.conflicts,
    add: counts.added,
    remove: counts.removed,
    invalid: counts.invalid,
    refused: counts.refused,
  };
  const states = (Object.keys(byState) as RowState[]).filter((each) => byState[each] > 0);
  const run = () =>
    apply.mutate(choices, {
      onSuccess: (done) => {
        setApplied(done);
        const text = t('records.compare.applied', {
          cells: done.cells,
          created: done.created,
          removed: done.removed,
        });
        notifyUndo(text, done.change);
      },
      onError: notifyError,
    });
  const lump = (kind: 'changes' | 'conflicts' | 'add' | 'remove', count: number) =>
    count > 0 && (
      <Checkbox
        key={kind}
        label={`${t(`records.compare.bulk.${kind}`)}（${count.toLocaleString('en-US')}）`}
        checked={choices[kind]}
        onChange={(event) => setChoices(withAll(choices, kind, event.currentTarget.checked))}
      />
    );

  return (
    <>
      <Text c="dimmed" mb="sm">
        {t('records.compare.file', {
          name: comparison.name || '.xlsx',
          who: comparison.exported_by.title,
          when: formatDateTime(comparison.exported_at),
        })}
      </Text>
      <div className={classes.notes}>
        {comparison.unknown_columns.length > 0 && (
          <Alert color="yellow">
            {t('records.compare.unknown', { names: joinList(comparison.unknown_columns, language) })}
          </Alert>
        )}
        {comparison.hidden_columns.length > 0 && (
          <Alert color="yellow">
            {t('records.compare.hidden', { names: joinList(comparison.hidden_columns, language) })}
          </Alert>
        )}
        {counts.gone > 0 && <Alert color="yellow">{t('records.compare.gone', { count: counts.gone })}</Alert>}
      </div>
      {applied ? (
        <Result applied={applied} object={object} />
      ) : states.length === 0 ? (
        <EmptyState
          icon={<IconCheck size={28} stroke={1.5} />}
          title={t('records.compare.nothing')}
          actions={
            <Button onClick={() => void navigate({ to: '/o/$plural', params: { plural: object.plural } })}>
              {t('records.compare.toList')}
            </Button>
          }
        >
          {t('records.compare.nothingHelp', { count: counts.rows })}
        </EmptyState>
      ) : (
        <>
          <div className={classes.bar}>
            <SegmentedControl
              aria-label={t('records.compare.filter')}
              orientation={phone ? 'vertical' : 'horizontal'}
              value={state}
              onChange={(next) => setState(next as RowState | '')}
              data={[
                { value: '', label: t('records.compare.state.all') },
                ...states.map((each) => ({
                  value: each,
                  label: `${t(`records.compare.state.${each}`)} ${byState[each].toLocaleString('en-US')}`,
                })),
              ]}
            />
            <Text c="dimmed" size="sm">
              {t('records.compare.unchanged', { count: counts.unchanged })}
            </Text>
          </div>
          {!open && (
            <Alert color="blue" mb="sm">
              {t('records.compare.done')}
            </Alert>
          )}
          {rows.isPending ? (
            <Loading rows={6} />
          ) : rows.error ? (
            <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
          ) : (
            <CompareTable
              object={object}
              rows={rows.items ?? []}
              choices={choices}
              onChoices={open ? setChoices : undefined}
              phone={phone}
            />
          )}
          {rows.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={rows.isFetchingNextPage}
              onClick={() => void rows.fetchNextPage()}
            >
              {t('records.compare.more')}
            </Button>
          )}
          {open && (
            <div className={classes.foot}>
              <div className={classes.lumps}>
                {lump('changes', counts.changes)}
                {lump('conflicts', counts.conflicts)}
                {lump('add', counts.added - counts.likely_known)}
                {lump('remove', counts.removed)}
              </div>
              <Button loading={apply.isPending} onClick={run}>
                {t('records.compare.apply')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Result({ applied, object }: { applied: Applied; object: ObjectMeta }) {
  const { t } = useTexts();
  return (
    <Panel title={t('records.compare.done')}>
      <Text role="status">
        {t('records.compare.applied', {
          cells: applied.cells,
          created: applied.created,
          removed: applied.removed,
        })}
      </Text>
      {applied.change && <Text c="dimmed">{t('records.compare.undoHint')}</Text>}
      {applied.skipped_count > 0 && (
        <Alert color="yellow" mt="sm" title={t('records.compare.skipped', { count: applied.skipped_count })}>
          <ul className={classes.skipped}>
            {applied.skipped.map((one) => (
              <li key={`${one.row}-${one.code}`}>
                {one.id ? (
                  <Link to="/o/$plural/$id" params={{ plural: object.plural, id: one.id }}>
                    {one.title}
                  </Link>
                ) : (
                  one.title
                )}
                {': '}
                {one.reason}
              </li>
            ))}
            {applied.skipped_count > applied.skipped.length && (
              <li>{t('records.compare.later', { count: applied.skipped_count - applied.skipped.length })}</li>
            )}
          </ul>
        </Alert>
      )}
      <Button
        mt="md"
        variant="default"
        component={Link}
        // biome-ignore lint/suspicious/noExplicitAny: the router's link inside Mantine's button
        {...({ to: '/o/$plural', params: { plural: object.plural } } as any)}
      >
        {t('records.compare.toList')}
      </Button>
    </Panel>
  );
}
