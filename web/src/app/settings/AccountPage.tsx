import { PageHeader, Stack, useTexts } from '@/ui';
import { CalendarPanel } from './CalendarPanel';
import { DevicesPanel } from './DevicesPanel';
import { PasswordPanel } from './PasswordPanel';
import { ProfilePanel } from './ProfilePanel';

export function AccountPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('app.settingsPage.account')} />
      <Stack gap={14} maw={640}>
        <ProfilePanel />
        <PasswordPanel />
        <CalendarPanel />
        <DevicesPanel />
      </Stack>
    </>
  );
}
