import { IconArrowsDiagonal, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ObjectMeta, useRecord } from '@/api';
import { ActionIcon, Button, ErrorState, Group, Kbd, Loading, Title, useTexts } from '@/ui';
import { Facts } from '../page/Facts';
import { Timeline } from '../page/Timeline';
import classes from './list.module.css';

interface RecordPreviewProps {
  object: ObjectMeta;
  id: string;
  onClose: () => void;
}

/** One record beside the list: its facts, editable in place, and what happened last. */
export function RecordPreview({ object, id, onClose }: RecordPreviewProps) {
  const { t } = useTexts();
  const record = useRecord(object, id);
  return (
    // Esc leaves the panel; the facts in it use Esc first for their own edits.
    <aside
      className={classes.preview}
      aria-label={record.data?.title ?? t('ui.loading')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={classes.previewHead}>
        <Title order={2} lineClamp={2}>
          {record.data?.title ?? ' '}
        </Title>
        <Group gap={4} wrap="nowrap">
          <Button
            renderRoot={(props) => (
              <Link {...props} to="/o/$plural/$id" params={{ plural: object.plural, id }} />
            )}
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsDiagonal size={14} />}
            rightSection={<Kbd keys="mod+Enter" />}
          >
            {t('records.preview.open')}
          </Button>
          <ActionIcon aria-label={t('ui.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes.previewBody}>
        {record.error ? (
          <ErrorState compact error={record.error} onRetry={() => void record.refetch()} />
        ) : record.data ? (
          <>
            <Facts object={object} record={record.data} compact />
            {object.customer && <Timeline object={object} id={id} preview />}
          </>
        ) : (
          <Loading rows={8} />
        )}
      </div>
    </aside>
  );
}
