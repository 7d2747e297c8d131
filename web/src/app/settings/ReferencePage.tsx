import { PageHeader, useTexts } from '@/ui';
import { ManagersOnly } from './ManagersOnly';
import { PostalPanel } from './PostalPanel';
import { RegisterPanel } from './RegisterPanel';
import classes from './reference.module.css';

export function ReferencePage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.reference')} />
      <div className={classes.page}>
        <PostalPanel />
        <RegisterPanel />
      </div>
    </ManagersOnly>
  );
}
