import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import { useId } from 'react';
import { type ImportRun, type ImportSettings, type ObjectMeta, useChangeImport, useRunImport } from '@/api';
import { isReference, PickerInput } from '@/fields';
import { Alert, Button, Checkbox, Group, notifyError, Text, useTexts } from '@/ui';
import { CalendarBar } from './CalendarBar';
import { ColumnTable } from './ColumnTable';
import { DetectedPanel } from './DetectedPanel';
import { DiagnosisPanel } from './DiagnosisPanel';
import classes from './import.module.css';
import { MapBar } from './MapBar';
import { MatchPanel } from './MatchPanel';
import { RowsPanel } from './RowsPanel';

/** How the file was understood, all of it changeable; every change is answered with a new preview. */
export function ImportReview({ run, object }: { run: ImportRun; object: ObjectMeta }) {
  const { t } = useTexts();
  const id = useId();
  const change = useChangeImport(run.id);
  const start = useRunImport(run.id);
  const set = (settings: ImportSettings) => change.mutate(settings, { onError: notifyError });
  const counts = run.counts;
  const blocked = (run.problems?.length ?? 0) > 0;
  const owner = object.fields.find((field) => field.key === 'owner_id');
  const links = object.fields.some(
    (field) =>
      field.kind === 'link' &&
      run.columns.some((column) => `${column.to}.`.startsWith(`field:${field.key}.`)),
  );
  return (
    <div className={classes.steps} aria-busy={change.isPending}>
      {run.detected.format === 'ics' ? (
        <CalendarBar run={run} onChange={set} />
      ) : (
        <MapBar run={run} onChange={set} />
      )}
      <DetectedPanel run={run} onChange={set} />
      {run.notices && run.notices.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} role="note">
          <ul className={classes.notices}>
            {run.notices.map((notice) => (
              <li key={`${notice.code}-${notice.column ?? ''}`}>
                {notice.column !== undefined && (
                  <b>{run.columns[notice.column]?.header ?? notice.column + 1}: </b>
                )}
                {notice.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {blocked && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={18} />}
          title={t('records.import.blocked')}
        >
          <ul className={classes.notices}>
            {run.problems?.map((problem) => (
              <li key={`${problem.code}-${problem.field ?? ''}`}>{problem.message}</li>
            ))}
          </ul>
        </Alert>
      )}
      <ColumnTable run={run} object={object} onChange={set} />
      <MatchPanel run={run} object={object} onChange={set} />
      <DiagnosisPanel run={run} onChange={set} />
      <RowsPanel run={run} object={object} onChange={set} />
      <div className={classes.foot}>
        <Group gap="lg" align="flex-end">
          {/* Whom a calendar names is only ever found. */}
          {links && run.detected.format !== 'ics' && (
            <Checkbox
              label={t('records.import.createLinks')}
              checked={run.create_links ?? true}
              onChange={(event) => set({ create_links: event.currentTarget.checked })}
            />
          )}
          {owner && (
            <div className={classes.owner}>
              <PickerInput
                id={`${id}-owner`}
                field={owner}
                object={object}
                value={isReference(run.owner_id) ? run.owner_id : null}
                onChange={(value) => set({ owner_id: isReference(value) ? value.id : null })}
                label={t('records.import.owner')}
                multiple={false}
                target={null}
              />
            </div>
          )}
        </Group>
        <div className={classes.start}>
          {counts && counts.errors > 0 && (
            <Text size="xs" c="dimmed">
              {t('records.import.runErrors', { count: counts.errors.toLocaleString('en-US') })}
            </Text>
          )}
          {!!counts?.looks && run.unsure !== 'create' && (
            <Text size="xs" c="dimmed">
              {t('records.import.runUnsure', { count: counts.looks.toLocaleString('en-US') })}
            </Text>
          )}
          <Button
            leftSection={<IconPlayerPlay size={15} />}
            disabled={change.isPending || counts?.ok === 0 || blocked}
            loading={start.isPending}
            onClick={() => start.mutate(undefined, { onError: notifyError })}
          >
            {counts?.updates
              ? t('records.import.runBoth', {
                  creates: (counts.creates ?? 0).toLocaleString('en-US'),
                  updates: counts.updates.toLocaleString('en-US'),
                })
              : t('records.import.run', {
                  count: (counts?.ok ?? run.detected.rows ?? 0).toLocaleString('en-US'),
                })}
          </Button>
        </div>
      </div>
    </div>
  );
}
