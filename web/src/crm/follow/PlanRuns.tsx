import { Link } from '@tanstack/react-router';
import { type PlanRun, useObject, usePlanRuns, useStopPlan } from '@/api';
import type { RecordSlotProps } from '@/records/slots';
import { Button, notifyError, notifyUndo, useConfirm, useFormat, useTexts } from '@/ui';
import classes from './follow.module.css';

// Without any of them it cannot be said how far a plan is.
const kNeeded = ['plan', 'rule', 'done'];

/** The follow-up plans that run on the record: how far each is, what comes next, and a way to stop it. */
export function PlanRuns({ object, record }: RecordSlotProps) {
  const { t } = useTexts();
  const task = useObject('task');
  const readable = [...kNeeded, object.key].every((key) =>
    task?.fields.some((field) => field.key === key && !field.masked),
  );
  const runs = usePlanRuns(object, record.id, readable && !record.deleted_at);
  if (!runs.data || runs.data.length === 0) return null;
  return (
    <ul className={classes.runs} aria-label={t('crm.follow.runs')} style={{ listStyle: 'none', padding: 0 }}>
      {runs.data.map((run) => (
        <Run key={run.run} run={run} name={record.title} />
      ))}
    </ul>
  );
}

function Run({ run, name }: { run: PlanRun; name: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const confirm = useConfirm();
  const stop = useStopPlan();
  const task = useObject('task');
  const next = run.open[0];
  const ask = async () => {
    const sure = await confirm({
      title: t('crm.follow.stopTitle', { plan: run.plan.title }),
      message: t('crm.follow.stopHelp', { name, count: run.open.length }),
      confirm: t('crm.follow.stop'),
      danger: true,
    });
    if (!sure) return;
    try {
      const { change, count, problems } = await stop.mutateAsync(run);
      notifyUndo(
        [
          t('crm.follow.stopped', { plan: run.plan.title, count }),
          ...problems.slice(0, 3).map((each) => `${each.title}: ${each.message}`),
        ].join('\n'),
        count > 0 ? change : undefined,
      );
    } catch (failed) {
      notifyError(failed);
    }
  };
  return (
    <li className={classes.run}>
      <b>
        {t('crm.follow.progress', {
          plan: run.plan.title,
          done: run.done,
          all: run.done + run.open.length,
        })}
      </b>
      {next && task && (
        <span className={classes.runNext}>
          {t('crm.follow.next')} {typeof next.due_on === 'string' && `${format.due(next.due_on)} `}
          <Link to="/o/$plural/$id" params={{ plural: task.plural, id: next.id }}>
            {next.title}
          </Link>
        </span>
      )}
      {task?.permissions.delete && (
        <Button
          size="compact-xs"
          variant="default"
          loading={stop.isPending}
          aria-label={t('crm.follow.stopOf', { plan: run.plan.title })}
          onClick={() => void ask()}
        >
          {t('crm.follow.stopShort')}
        </Button>
      )}
    </li>
  );
}
