import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSession } from '@/api';
import { EmptyState, useTexts } from '@/ui';

/** Says why a page is closed instead of showing it; the server decides, this only spares a refused request. */
export function ManagersOnly({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const role = useSession().data?.user.role;
  if (role === 'owner' || role === 'manager') return children;
  return (
    <EmptyState icon={<IconLock size={28} stroke={1.5} />} title={t('ui.forbidden')}>
      {t('app.managersOnly')}
    </EmptyState>
  );
}
