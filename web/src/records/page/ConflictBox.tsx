import type { Conflict, FieldMeta } from '@/api';
import { kindOf } from '@/fields';
import { Alert, Button, Group, Text, useFormat, useTexts } from '@/ui';

interface ConflictBoxProps {
  field: FieldMeta;
  conflict: Conflict;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same value: both are shown where it stands, and one is chosen. Nothing typed is lost. */
export function ConflictBox({ field, conflict, onMine, onTheirs }: ConflictBoxProps) {
  const { t, language } = useTexts();
  const format = useFormat();
  const { text } = kindOf(field.kind);
  const shown = (value: Conflict['yours']) =>
    text(value, field, language) || (typeof value === 'string' ? value : '') || t('ui.none');
  const who = conflict.by?.title ?? t('records.conflict.someone');
  return (
    <Alert color="orange" mt={6} p="xs" role="alert" title={t('records.conflict.title', { who })}>
      {conflict.at && (
        <Text size="xs" c="dimmed">
          {format.relative(conflict.at)}
        </Text>
      )}
      <Text>
        {t('records.conflict.theirs')}: <b>{shown(conflict.theirs)}</b>
      </Text>
      <Text>
        {t('records.conflict.yours')}: <b>{shown(conflict.yours)}</b>
      </Text>
      <Group gap="xs" mt={6}>
        <Button size="compact-sm" onClick={onMine}>
          {t('records.conflict.useMine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onTheirs}>
          {t('records.conflict.useTheirs', { who })}
        </Button>
      </Group>
    </Alert>
  );
}
