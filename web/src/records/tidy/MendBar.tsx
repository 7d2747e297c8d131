import { IconX } from '@tabler/icons-react';
import { ActionIcon, Button, formatNumber, Text, useTexts } from '@/ui';
import type { Mend } from './mends';
import classes from './tidy.module.css';

interface MendBarProps {
  mends: readonly Mend[];
  /** How many are ticked; undefined = all that the check finds. */
  count: number | undefined;
  onMend: (mend: Mend) => void;
  onClear: () => void;
}

/** What can be done to the ticked records. */
export function MendBar({ mends, count, onMend, onClear }: MendBarProps) {
  const { t } = useTexts();
  return (
    <section className={classes.bar} aria-label={t('records.bulk.label')}>
      <Text fw={600} component="span" aria-live="polite">
        {count === undefined
          ? t('records.tidy.allSelected')
          : t('records.bulk.selected', { count: formatNumber(count) })}
      </Text>
      <div className={classes.barMends}>
        {mends.map((mend) => (
          <Button
            key={mend.key}
            size="compact-sm"
            variant="default"
            c={mend.danger ? 'red' : undefined}
            onClick={() => onMend(mend)}
          >
            {t(`records.tidy.mend.${mend.key}.name`)}
          </Button>
        ))}
        {mends.length === 0 && (
          <Text c="dimmed" component="span">
            {t('records.tidy.noMends')}
          </Text>
        )}
      </div>
      <ActionIcon aria-label={t('records.bulk.clear')} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
    </section>
  );
}
