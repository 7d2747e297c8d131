import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Button, EmptyState, useTexts } from '@/ui';

export function NotFound() {
  const { t } = useTexts();
  return (
    <EmptyState
      page
      icon={<IconMapOff size={28} stroke={1.5} />}
      title={t('app.notFound')}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('app.toHome')}
        </Button>
      }
    >
      {t('app.notFoundHelp')}
    </EmptyState>
  );
}
