import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { type DecidedBatch, type ObjectMeta, useDecidedBatches } from '@/api';
import { Button, formatDateTime, formatNumber, Text, undoChange, useConfirm, useTexts } from '@/ui';
import classes from './queue.module.css';

/** What was decided on many pairs at once, to be taken back later too. Nothing as long as there is none. */
export function BatchList({ object }: { object: ObjectMeta }) {
  const { t } = useTexts();
  const batches = useDecidedBatches(object.key);
  const items = batches.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <section className={classes.batches} aria-label={t('records.queue.batches.title')}>
      <Text component="h2" fw={700} mb="xs">
        {t('records.queue.batches.title')}
      </Text>
      <ul className={classes.sets}>
        {items.map((batch) => (
          <Batch key={batch.id} batch={batch} />
        ))}
      </ul>
      {batches.hasNextPage && (
        <Button
          variant="subtle"
          mt="xs"
          loading={batches.isFetchingNextPage}
          onClick={() => void batches.fetchNextPage()}
        >
          {t('records.queue.batches.more')}
        </Button>
      )}
    </section>
  );
}

function Batch({ batch }: { batch: DecidedBatch }) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const { decision, percent, below, undone_at } = batch;
  const at = formatDateTime(batch.at);
  const what = t(`records.queue.batches.${decision}`, {
    count: formatNumber(batch.decided),
    records: formatNumber(batch.records),
  });
  const range =
    below < 100 ? t('records.queue.all.under', { percent: below }) : t('records.queue.all.from', { percent });
  const undo = async () => {
    const sure = await confirm({
      title: t('records.queue.batches.undoTitle', { what }),
      message: t('records.queue.batches.undoHelp'),
      confirm: t('records.queue.batches.undo'),
    });
    if (!sure) return;
    setBusy(true);
    await undoChange(batch.change);
    setBusy(false);
  };
  return (
    <li className={classes.set}>
      <div className={classes.setText}>
        <Text fw={600}>{what}</Text>
        <Text size="sm" c="dimmed">
          {[
            t('records.queue.batches.by', { at, who: batch.by.title }),
            range,
            batch.differing && t('records.queue.batches.differing'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      {undone_at ? (
        <Text size="sm" c="dimmed" className={classes.undone}>
          {t('records.queue.batches.undone', {
            at: formatDateTime(undone_at),
            who: batch.undone_by?.title ?? '',
          })}
          {(batch.kept ?? 0) > 0 &&
            ` · ${t('records.queue.batches.kept', { count: formatNumber(batch.kept ?? 0) })}`}
        </Text>
      ) : (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          aria-label={t('records.queue.batches.undoOf', { at, what })}
          loading={busy}
          onClick={() => void undo()}
        >
          {t('records.queue.batches.undo')}
        </Button>
      )}
    </li>
  );
}
