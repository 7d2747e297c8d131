import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  type ObjectMeta,
  type RecordData,
  type RecordWritten,
  useObjects,
  usePatchRecord,
  useRecordList,
  useSession,
  type Values,
} from '@/api';
import { toAddress } from '@/records/listState';
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
import { customersOf } from './customers';
import { useHomeDialogs, useRefreshWork } from './HomeDialogs';
import classes from './HomePage.module.css';
import { TaskRow } from './TaskRow';
import { ofWhom, type Whose } from './whose';
import { dayOf, dayValue, type TaskFields, untilDay } from './workFields';

const daysAhead = 7;
// So many of a part are shown at first: what waits besides the tasks must not be far below.
const atFirst = { now: 8, ahead: 4 };

/** Open tasks: late and today's first, then the week ahead. */
export function TasksPanel({
  object,
  model,
  whose,
}: {
  object: ObjectMeta;
  model: TaskFields;
  whose: Whose;
}) {
  const { t, label } = useTexts();
  const create = useCreate();
  const patch = usePatchRecord(object);
  const objects = useObjects();
  const user = useSession().data?.user;
  const dialogs = useHomeDialogs();
  const refresh = useRefreshWork();
  const mayContact = objects.some((each) => each.key === 'activity' && each.permissions.create);
  const [whole, setWhole] = useState({ now: false, ahead: false });
  const now = today();
  const customerLinks = useMemo(
    () => (object.customer_links ?? []).filter((key) => object.fields.some((field) => field.key === key)),
    [object],
  );
  const whom = useMemo(() => ofWhom(whose, user), [whose, user]);
  const query = useMemo(
    () => ({
      filter: {
        and: [...(whom ? [whom] : []), model.open, untilDay(model.due, addDays(now, daysAhead))],
      },
      sort: model.due.key,
      fields: [object.title, model.due.key, 'owner_id', ...Object.keys(model.finish), ...customerLinks],
    }),
    [model, now, object, customerLinks, whom],
  );
  const { records, isPending, error, refetch, hasNextPage, fetchNextPage } = useRecordList(object, query);

  const due = (task: RecordData) => dayOf(task, model.due) ?? now;
  const dueNow = records.filter((task) => due(task) <= now);
  const ahead = records.filter((task) => due(task) > now);

  const change = (task: RecordData, values: Values, message: string) =>
    patch.mutate(
      { id: task.id, version: task.version, values },
      {
        onSuccess: (written: RecordWritten) => {
          notifyUndo(message, written.change);
          refresh();
        },
        onError: (failed) => {
          notifyError(failed);
          void refetch();
        },
      },
    );
  const row = (task: RecordData) => {
    const customers = customersOf(object, task, objects);
    const owner = whose === 'mine' ? undefined : (task.owner_id?.title ?? t('app.work.nobody'));
    return (
      <TaskRow
        key={task.id}
        object={object}
        task={task}
        day={due(task)}
        about={[...customers.map((each) => each.ref.title), owner].filter(Boolean).join(' · ')}
        onContact={mayContact && customers.length > 0 ? () => dialogs.contact(customers) : undefined}
        onDone={() => change(task, model.finish, t('app.taskDone', { title: task.title }))}
        onSnooze={(day) =>
          change(
            task,
            { [model.due.key]: dayValue(model.due, day) },
            t('app.taskMoved', { title: task.title }),
          )
        }
      />
    );
  };
  const part = (tasks: RecordData[], of: 'now' | 'ahead') => {
    const rest = tasks.length - atFirst[of];
    // One more is shown rather than a button that says so.
    if (whole[of] || rest <= 1) return tasks.map(row);
    return (
      <>
        {tasks.slice(0, atFirst[of]).map(row)}
        <Button variant="subtle" m={6} onClick={() => setWhole({ ...whole, [of]: true })}>
          {t('app.work.rest', { count: rest })}
        </Button>
      </>
    );
  };

  return (
    <Panel
      title={t(whose === 'mine' ? 'app.myTasks' : 'app.work.tasks')}
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
            renderRoot={(props) => (
              <Link
                to="/o/$plural"
                params={{ plural: object.plural }}
                search={toAddress({
                  filter: { and: [...(whom ? [whom] : []), model.open] },
                  sort: model.due.key,
                })}
                aria-label={t('app.work.allOf', { title: label(object.plural_label) })}
                {...props}
              />
            )}
          >
            {t('app.work.all')}
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
          {part(dueNow, 'now')}
          {dueNow.length === 0 && <EmptyState compact title={t('app.noTasksToday')} />}
          {ahead.length > 0 && (
            <div className={classes.heading}>{t('app.daysAhead', { count: daysAhead })}</div>
          )}
          {part(ahead, 'ahead')}
          {hasNextPage && (whole.ahead || ahead.length === 0) && (
            <Button variant="subtle" m={6} onClick={() => void fetchNextPage()}>
              {t('app.more')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}
