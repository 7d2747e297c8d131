import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useChanges, useMetadata, useObject, useRecent, useSession } from '@/api';
import { Button, ErrorState, formatDate, Group, Loading, PageHeader, today, useTexts } from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import { ChangesPanel } from './ChangesPanel';
import { FirstSteps } from './FirstSteps';
import classes from './HomePage.module.css';
import { NextActionsPanel } from './NextActionsPanel';
import { RecentPanel } from './RecentPanel';
import { TasksPanel } from './TasksPanel';
import { nextActionField, taskFields } from './workFields';

/** What to do today, and the way back to what one worked on. */
export function HomePage() {
  const { t, label, language } = useTexts();
  const metadata = useMetadata();
  const session = useSession().data;
  const task = useObject('task');
  const recent = useRecent();
  const changes = useChanges();
  const create = useCreate();

  if (metadata.isPending) return <Loading rows={8} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;

  const objects = metadata.data.objects;
  const customers = objects.filter((object) => object.customer && object.permissions.read);
  const first = customers.find((object) => object.permissions.create);
  const nothingYet = recent.data?.length === 0 && changes.data?.length === 0;
  const taskModel = task?.permissions.read ? taskFields(task) : undefined;

  return (
    <>
      <PageHeader
        title={t('app.home')}
        note={formatDate(today(), 'full', language)}
        actions={
          <Group gap="xs">
            {first && !nothingYet && (
              <Button
                variant="default"
                leftSection={<IconPlus size={16} stroke={1.8} />}
                onClick={() => create(first)}
              >
                {t('app.newObject', { name: label(first.label) })}
              </Button>
            )}
          </Group>
        }
      />
      {nothingYet && (
        <FirstSteps
          name={session?.user.title ?? ''}
          actions={
            <Group gap="xs" justify="center">
              {customers.some((object) => object.permissions.import) && (
                <Button
                  leftSection={<IconFileImport size={16} stroke={1.8} />}
                  renderRoot={(props) => <Link to="/import" {...props} />}
                >
                  {t('app.firstImport')}
                </Button>
              )}
              {first && (
                <Button
                  variant="default"
                  leftSection={<IconPlus size={16} stroke={1.8} />}
                  onClick={() => create(first)}
                >
                  {t('app.firstCreate', { name: label(first.label) })}
                </Button>
              )}
            </Group>
          }
        />
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          {task && taskModel && <TasksPanel object={task} model={taskModel} />}
          {customers.map((object) => {
            const field = nextActionField(object);
            return field && <NextActionsPanel key={object.key} object={object} field={field} />;
          })}
        </div>
        <div className={classes.column}>
          <RecentPanel />
          <ChangesPanel />
        </div>
      </div>
    </>
  );
}
