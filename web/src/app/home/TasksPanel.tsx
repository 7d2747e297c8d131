import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import {
  type ObjectMeta,
  type RecordData,
  type RecordWritten,
  type Reference,
  usePatchRecord,
  useRecordList,
  type Values,
} from '@/api';
import {
  addDays,
  Button,
  EmptyState,
  ErrorState,
  Loading,
  notifyError,
  notifyUndo,
  Panel,
  today,
  useTexts,
} from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import classes from './HomePage.module.css';
import { TaskRow } from './TaskRow';
import { dayOf, dayValue, type TaskFields, untilDay } from './workFields';

const daysAhead = 7;

/** My open tasks: late and today's first, then the week ahead. */
export function TasksPanel({ object, model }: { object: ObjectMeta; model: TaskFields }) {
  const { t, label } = useTexts();
  const create = useCreate();
  const patch = usePatchRecord(object);
  const now = today();
  const customerLinks = useMemo(
    () => (object.customer_links ?? []).filter((key) => object.fields.some((field) => field.key === key)),
    [object],
  );
  const query = useMemo(
    () => ({
      filter: { and: [model.open, { owner_id: { eq: 'me' } }, untilDay(model.due, addDays(now, daysAhead))] },
      sort: model.due.key,
      fields: [object.title, model.due.key, ...Object.keys(model.finish), ...customerLinks],
    }),
    [model, now, object, customerLinks],
  );
  const { records, isPending, error, refetch, hasNextPage, fetchNextPage } = useRecordList(object, query);

  const due = (task: RecordData) => dayOf(task, model.due) ?? now;
  const mine = records.filter((task) => due(task) <= now);
  const ahead = records.filter((task) => due(task) > now);

  const change = (task: RecordData, values: Values, message: string) =>
    patch.mutate(
      { id: task.id, version: task.version, values },
      {
        onSuccess: (written: RecordWritten) => notifyUndo(message, written.change),
        onError: (failed) => {
          notifyError(failed);
          void refetch();
        },
      },
    );
  const row = (task: RecordData) => (
    <TaskRow
      key={task.id}
      object={object}
      task={task}
      day={due(task)}
      customer={customerOf(task, customerLinks)}
      onDone={() => change(task, model.finish, t('app.taskDone', { title: task.title }))}
      onSnooze={(day) =>
        change(task, { [model.due.key]: dayValue(model.due, day) }, t('app.taskMoved', { title: task.title }))
      }
    />
  );

  return (
    <Panel
      title={t('app.myTasks')}
      flush
      actions={
        <>
          {object.permissions.create && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={15} stroke={1.8} />}
              onClick={() => create(object, { [model.due.key]: dayValue(model.due, now) })}
            >
              {t('ui.add')}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            renderRoot={(props) => <Link to="/o/$plural" params={{ plural: object.plural }} {...props} />}
          >
            {t('app.showAll')}
          </Button>
        </>
      }
    >
      {isPending ? (
        <Loading rows={4} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : records.length === 0 ? (
        <EmptyState compact title={t('app.noTasks')}>
          {t('app.noTasksHelp', { name: label(object.label) })}
        </EmptyState>
      ) : (
        <div>
          {mine.map(row)}
          {mine.length === 0 && <EmptyState compact title={t('app.noTasksToday')} />}
          {ahead.length > 0 && (
            <div className={classes.heading}>{t('app.daysAhead', { count: daysAhead })}</div>
          )}
          {ahead.map(row)}
          {hasNextPage && (
            <Button variant="subtle" m={6} onClick={() => void fetchNextPage()}>
              {t('app.more')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}

function customerOf(task: RecordData, links: string[]): Reference | undefined {
  for (const key of links) {
    const value = task[key];
    if (value && typeof value === 'object' && 'title' in value) return value as Reference;
  }
  return undefined;
}
