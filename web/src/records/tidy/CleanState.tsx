import { IconCheck } from '@tabler/icons-react';
import { EmptyState, useTexts } from '@/ui';

/** Nothing to mend. */
export function CleanState() {
  const { t } = useTexts();
  return (
    <EmptyState icon={<IconCheck size={28} stroke={1.5} />} title={t('records.tidy.clean')}>
      {t('records.tidy.cleanHelp')}
    </EmptyState>
  );
}
