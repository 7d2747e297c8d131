import { IconActivity } from '@tabler/icons-react';
import { useFormCounts, useUsage } from '@/api/usage';
import { EmptyState, ErrorState, Loading, PageHeader, Panel, useTexts } from '@/ui';
import { ManagersOnly } from '../settings/ManagersOnly';
import { FieldUse } from './FieldUse';
import { Forms } from './Forms';
import { Hints } from './Hints';
import { People } from './People';
import classes from './usage.module.css';

/** 使い方: who enters, where entering stops, and what nobody fills in. */
export function UsagePage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.usage')} />
      <Counted />
    </ManagersOnly>
  );
}

function Counted() {
  const { t } = useTexts();
  const usage = useUsage();
  const forms = useFormCounts();
  if (usage.isPending || forms.isPending) return <Loading rows={10} />;
  const error = usage.error ?? forms.error;
  if (error || !usage.data || !forms.data)
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void usage.refetch();
          void forms.refetch();
        }}
      />
    );
  return (
    <div className={classes.sections}>
      <p className={classes.intro}>{t('app.usage.intro')}</p>
      {!usage.data.since ? (
        <Panel>
          <EmptyState icon={<IconActivity size={28} stroke={1.5} />} title={t('app.usage.none')}>
            {t('app.usage.noneHelp')}
          </EmptyState>
        </Panel>
      ) : (
        <>
          {usage.data.users.length === 1 && <p className={classes.intro}>{t('app.usage.single')}</p>}
          <Hints usage={usage.data} forms={forms.data} />
          <People usage={usage.data} />
          <Forms forms={forms.data} />
          <FieldUse />
        </>
      )}
    </div>
  );
}
