import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useObjects } from '@/api';
import type { FormCounts, Usage } from '@/api/usage';
import { Button, Panel, useTexts } from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import classes from './usage.module.css';
import { type Hint, hintsOf } from './usageModel';

/** What is worth knowing, in words, with what can be done about it. */
export function Hints({ usage, forms }: { usage: Usage; forms: FormCounts[] }) {
  const { t } = useTexts();
  const hints = hintsOf(usage.users, forms, Date.now());
  if (usage.users.length < 2 && hints.length === 0) return null;
  return (
    <Panel flush title={t('app.usage.hints')}>
      {hints.length === 0 && <p className={classes.quiet}>{t('app.usage.hintsNone')}</p>}
      {hints.map((hint) => (
        <div
          key={hint.kind + ('user' in hint ? hint.user.user.id : hint.counts.object)}
          className={classes.hint}
        >
          <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
          <Words hint={hint} />
          <Act hint={hint} />
        </div>
      ))}
    </Panel>
  );
}

function Words({ hint }: { hint: Hint }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  if (hint.kind === 'form') {
    const object = objects.find((each) => each.key === hint.counts.object);
    const field = object?.fields.find((each) => each.key === hint.field);
    return (
      <span>
        {t('app.usage.hint.form', {
          object: label(object?.label),
          opened: hint.counts.opened,
          left: hint.counts.left,
          field: label(field?.label) || hint.field,
        })}
      </span>
    );
  }
  const name = hint.user.user.title;
  return (
    <span>
      {hint.kind === 'quiet'
        ? t('app.usage.hint.quiet', { name, days: hint.days, count: hint.aWeek })
        : hint.kind === 'invited'
          ? t('app.usage.hint.invited', { name, days: hint.days })
          : t('app.usage.hint.absent', { name })}
    </span>
  );
}

function Act({ hint }: { hint: Hint }) {
  const { t } = useTexts();
  const task = useObjects().find((each) => each.key === 'task');
  const create = useCreate();
  if (hint.kind === 'form')
    return (
      <Button
        size="compact-sm"
        variant="light"
        renderRoot={(props) => (
          <Link to="/settings/fields" search={{ object: hint.counts.object }} {...props} />
        )}
      >
        {t('app.usage.act.fields')}
      </Button>
    );
  if (hint.kind === 'invited')
    return (
      <Button
        size="compact-sm"
        variant="light"
        renderRoot={(props) => <Link to="/settings/users" {...props} />}
      >
        {t('app.usage.act.invite')}
      </Button>
    );
  if (!task?.permissions.create) return null;
  const name = t('app.usage.hint.task', { name: hint.user.user.title });
  return (
    <Button size="compact-sm" variant="light" onClick={() => create(task, { name })}>
      {t('app.usage.act.task')}
    </Button>
  );
}
