import { IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { usePutSample, useSample, useSession } from '@/api';
import { Button, EmptyState, Group, notifyDone, notifyError, Panel, useTexts } from '@/ui';
import { BrandMark } from '../Brand';
import classes from './HomePage.module.css';

/** An empty ledger: how the first customers come in, or a sample to look around with. */
export function FirstSteps({ actions }: { actions: ReactNode }) {
  const { t } = useTexts();
  const user = useSession().data?.user;
  const sample = useSample(user?.role === 'owner').data;
  const put = usePutSample();
  return (
    <div className={classes.first}>
      <Panel>
        <EmptyState
          compact
          icon={<BrandMark size={40} />}
          title={t('app.welcome', { name: user?.title ?? '' })}
          actions={
            <Group gap="xs" justify="center">
              {actions}
              {sample?.possible && (
                <Button
                  variant="subtle"
                  loading={put.isPending}
                  leftSection={<IconSparkles size={16} stroke={1.8} />}
                  // Not by mutate(): the first records that arrive take this panel away, and its callbacks with it.
                  onClick={() =>
                    void put
                      .mutateAsync()
                      .then(
                        ({ records }) => notifyDone(t('app.sample.done', { count: records })),
                        notifyError,
                      )
                  }
                >
                  {t('app.sample.put')}
                </Button>
              )}
            </Group>
          }
        >
          {t('app.welcomeHelp')}
        </EmptyState>
      </Panel>
    </div>
  );
}
