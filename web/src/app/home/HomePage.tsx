import { IconCamera, IconFileImport, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useChanges, useMetadata, useRecent, useSession } from '@/api';
import { Button, ErrorState, formatDate, Group, Loading, PageHeader, Together, today, useTexts } from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import { HomeDialogs } from './HomeDialogs';
import classes from './HomePage.module.css';
import { useHomeChoice } from './useHomeChoice';
import { WhoseSwitch } from './WhoseSwitch';
import type { Whose } from './whose';

// What the page is for: asked for together with the metadata, so that neither waits for the other.
const loadWork = () => import('./HomeWork').then((m) => ({ default: m.HomeWork }));
const HomeWork = lazy(loadWork);
const FirstSteps = lazy(() => import('./FirstSteps').then((m) => ({ default: m.FirstSteps })));
const LookBack = lazy(() => import('./LookBack').then((m) => ({ default: m.LookBack })));

/** What to do today, and the way back to what one worked on. */
export function HomePage() {
  const { t, label, language } = useTexts();
  const metadata = useMetadata();
  const recent = useRecent();
  const changes = useChanges();
  const create = useCreate();
  const purpose = useSession().data?.company.purpose;
  const [whose, setWhose] = useHomeChoice<Whose>('whose', 'mine');

  useEffect(() => void loadWork(), []);

  if (metadata.isPending) return <Loading rows={8} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;

  const objects = metadata.data.objects;
  const customers = objects.filter((object) => object.customer && object.permissions.read);
  const first = customers.find((object) => object.permissions.create);
  const nothingYet = recent.data?.length === 0 && changes.data?.length === 0;

  return (
    <HomeDialogs>
      <PageHeader
        title={t('app.home')}
        note={formatDate(today(), 'full', language)}
        actions={
          <Group gap="xs">
            {!nothingYet && <WhoseSwitch value={whose} onChange={setWhose} />}
            {objects.some((object) => object.key === 'business_card' && object.permissions.create) && (
              <Button
                hiddenFrom="sm"
                variant="default"
                leftSection={<IconCamera size={16} stroke={1.8} />}
                renderRoot={(props) => <Link to="/cards" {...props} />}
              >
                {t('app.record.card')}
              </Button>
            )}
            {first && !nothingYet && (
              <Button
                visibleFrom="sm"
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
      {purpose && (
        <section className={classes.purpose} aria-label={t('app.purpose')}>
          <span aria-hidden="true">{t('app.purpose')}</span>
          <p>{purpose}</p>
        </section>
      )}
      {nothingYet && (
        <FirstSteps
          actions={
            <>
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
            </>
          }
        />
      )}
      <Together rows={8}>
        <div className={classes.columns}>
          <div className={classes.column}>
            <Suspense fallback={<Loading rows={8} />}>
              <HomeWork whose={whose} nothingYet={nothingYet} />
            </Suspense>
          </div>
          <div className={classes.column}>
            <Suspense fallback={<Loading rows={4} />}>
              <LookBack />
            </Suspense>
          </div>
        </div>
      </Together>
    </HomeDialogs>
  );
}
