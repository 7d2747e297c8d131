import { IconListCheck } from '@tabler/icons-react';
import { type ObjectMeta, useAddReadyPlans, useReadyPlans } from '@/api';
import { Button, EmptyState, notifyError, notifyUndo, useTexts } from '@/ui';
import classes from './follow.module.css';

/** Where there is no plan yet: those that most offices need, in one click. */
export function ReadyPlans({ object, help }: { object: ObjectMeta; help?: string }) {
  const { t } = useTexts();
  const may = object.permissions.create;
  const ready = useReadyPlans(may);
  const add = useAddReadyPlans();
  const offered = (ready.data ?? []).filter((plan) => !plan.there);
  return (
    <EmptyState
      icon={<IconListCheck size={28} stroke={1.5} />}
      title={help ?? t('crm.follow.none')}
      actions={
        offered.length > 0 && (
          <Button
            loading={add.isPending}
            onClick={() =>
              void add
                .mutateAsync()
                .then(
                  ({ count, change }) => notifyUndo(t('crm.follow.added', { count }), change),
                  notifyError,
                )
            }
          >
            {t('crm.follow.add', { count: offered.length })}
          </Button>
        )
      }
    >
      {offered.length === 0 ? (
        t(may ? 'crm.follow.noneHelp' : 'crm.follow.noneAsk')
      ) : (
        <>
          {t('crm.follow.readyHelp')}
          <ul className={classes.ready}>
            {offered.map((plan) => (
              <li key={plan.key}>
                <b>{plan.name}</b>
                <span>{plan.purpose}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}
