import { IconArrowBackUp, IconDownload, IconListDetails, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  type ImportRun,
  importErrorsUrl,
  isBusy,
  type ObjectMeta,
  useCancelImport,
  useContinueImport,
  useDeleteImport,
  useObjects,
  useUndoImport,
} from '@/api';
import { Button, Group, notifyDone, notifyError, Panel, Progress, Text, useConfirm, useTexts } from '@/ui';
import classes from './import.module.css';

/** A running import with its progress, and what came of it. */
export function ImportRunning({ run, object }: { run: ImportRun; object: ObjectMeta }) {
  return isBusy(run) ? <Running run={run} /> : <Result run={run} object={object} />;
}

function Running({ run }: { run: ImportRun }) {
  const { t } = useTexts();
  const cancel = useCancelImport(run.id);
  const done = run.progress?.done ?? 0;
  const total = run.progress?.total ?? run.counts?.rows ?? 0;
  const left = run.progress?.seconds_left;
  const percent = total > 0 ? (done / total) * 100 : 0;
  return (
    <Panel title={t(`records.import.status.${run.status}`)}>
      <Progress.Root size="lg" mb="xs">
        <Progress.Section value={percent} aria-label={t(`records.import.status.${run.status}`)} />
      </Progress.Root>
      <Group justify="space-between">
        <Text role="status">
          {t('records.import.progress', {
            done: done.toLocaleString('en-US'),
            total: total.toLocaleString('en-US'),
          })}
          {left !== undefined && left > 0 && (
            <Text component="span" c="dimmed" ml="sm">
              {left < 90
                ? t('records.import.left', { seconds: Math.ceil(left) })
                : t('records.import.leftMinutes', { minutes: Math.ceil(left / 60) })}
            </Text>
          )}
        </Text>
        {run.status === 'running' && (
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onError: notifyError })}
          >
            {t('records.import.cancel')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}

const titles: Partial<Record<ImportRun['status'], string>> = {
  failed: 'records.import.result.failedTitle',
  cancelled: 'records.import.result.cancelledTitle',
  undone: 'records.import.result.undoneTitle',
};

function Result({ run, object }: { run: ImportRun; object: ObjectMeta }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const undo = useUndoImport(run.id);
  const remove = useDeleteImport();
  const goOn = useContinueImport(run.id);
  const created = run.progress?.created ?? 0;
  const updated = run.progress?.updated ?? 0;
  const failed = run.progress?.failed ?? 0;
  const number = (count: number) => count.toLocaleString('en-US');
  // The first and the last are always said; the others when there is something to say.
  const figures = [
    { name: 'created', count: created, tone: classes.good },
    { name: 'updated', count: updated },
    { name: 'same', count: run.progress?.same ?? 0 },
    { name: 'unsure', count: run.progress?.unsure ?? 0, tone: classes.late },
    { name: 'linked', count: run.progress?.linked ?? 0 },
    { name: 'skipped', count: run.progress?.skipped ?? 0 },
    { name: 'warnings', count: run.progress?.warnings ?? 0, tone: classes.late },
    { name: 'failed', count: failed, tone: failed > 0 ? classes.bad : undefined },
  ].filter(({ name, count }) => count > 0 || name === 'created' || name === 'failed');
  const takeBack = async () => {
    const sure = await confirm({
      title: t('records.import.result.undoTitle'),
      message: t('records.import.result.undoHelp', { created: number(created), updated: number(updated) }),
      confirm: t('records.import.result.undo'),
      danger: true,
    });
    if (!sure) return;
    undo.mutate(undefined, {
      onSuccess: (answer) => {
        if ('undone' in answer)
          notifyDone(t('records.import.result.undone', { count: number(answer.undone) }));
      },
      onError: notifyError,
    });
  };
  return (
    <Panel title={t(titles[run.status] ?? 'records.import.result.title')}>
      {run.failure && (
        <Text role="alert" className={classes.bad} mb="sm">
          {run.failure.message}
        </Text>
      )}
      <dl className={classes.result}>
        {figures.map(({ name, count, tone }) => (
          <div key={name}>
            <dt>{t(`records.import.result.${name}`)}</dt>
            <dd className={tone}>{t('records.list.count', { count: number(count) })}</dd>
          </div>
        ))}
      </dl>
      {run.notices?.map((notice) => (
        <Text key={`${notice.code}-${notice.column ?? ''}`} c="dimmed">
          {notice.message}
        </Text>
      ))}
      {run.undo?.kept && run.undo.kept.length > 0 && <Kept kept={run.undo.kept} />}
      {undo.data && 'skipped' in undo.data && undo.data.skipped.length > 0 && (
        <Kept kept={undo.data.skipped} />
      )}
      <Group gap="xs" mt="md">
        {run.can_continue && (
          <Button
            leftSection={<IconPlayerPlay size={15} />}
            loading={goOn.isPending}
            onClick={() => goOn.mutate(undefined, { onError: notifyError })}
          >
            {t('records.import.result.continue')}
          </Button>
        )}
        <Button
          variant={run.can_continue ? 'default' : undefined}
          renderRoot={(props) => (
            <Link
              {...props}
              to="/o/$plural"
              params={{ plural: object.plural }}
              search={{ sort: '-updated_at' }}
            />
          )}
          leftSection={<IconListDetails size={15} />}
        >
          {t('records.import.result.list')}
        </Button>
        {failed + (run.progress?.unsure ?? 0) > 0 && (
          <Button
            component="a"
            href={importErrorsUrl(run.id)}
            download
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            {t('records.import.result.errors')}
          </Button>
        )}
        {run.status !== 'undone' && created + updated > 0 && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} />}
            loading={undo.isPending}
            onClick={() => void takeBack()}
          >
            {t('records.import.result.undo')}
          </Button>
        )}
        {run.status !== 'done' && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              remove.mutate(run.id, {
                onSuccess: () => void navigate({ to: '/import', search: {} }),
                onError: notifyError,
              })
            }
          >
            {t('records.import.delete')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}

/** What the undo left as it was, since somebody changed it later: each leads to its record. */
function Kept({ kept }: { kept: { object: string; id: string; title?: string; reason: string }[] }) {
  const { t } = useTexts();
  const objects = useObjects();
  return (
    <div className={classes.kept}>
      <Text fw={600}>{t('records.import.result.kept')}</Text>
      <ul className={classes.notices}>
        {kept.map((each) => {
          const plural = objects.find((object) => object.key === each.object)?.plural;
          return (
            <li key={each.id}>
              {plural && each.title !== '' ? (
                <Link to="/o/$plural/$id" params={{ plural, id: each.id }}>
                  {each.title ?? each.id}
                </Link>
              ) : (
                each.id
              )}{' '}
              <span className={classes.quiet}>{each.reason}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
