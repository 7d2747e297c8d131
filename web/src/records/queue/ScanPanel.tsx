import { IconRefresh } from '@tabler/icons-react';
import { type ObjectMeta, useDuplicateScan, useStartScan } from '@/api';
import { Button, formatDateTime, formatNumber, Loader, notifyError, Text, useTexts } from '@/ui';
import classes from './queue.module.css';

/** When all records were looked through last, and the button that does it again. */
export function ScanPanel({ object }: { object: ObjectMeta }) {
  const { t } = useTexts();
  const scan = useDuplicateScan(object.key);
  const start = useStartScan(object.key);
  if (!scan.data) return null;
  const { status, records, pairs, finished_at, may_scan } = scan.data;
  const running = status === 'running';
  return (
    <div className={classes.scan} role="status">
      {running && <Loader size="xs" />}
      <Text size="sm" c={status === 'failed' ? 'red' : 'dimmed'} className={classes.scanText}>
        {running
          ? t('records.queue.scan.running', { count: formatNumber(records ?? 0) })
          : status === 'never'
            ? t(may_scan ? 'records.queue.scan.never' : 'records.queue.scan.neverMember')
            : status === 'failed'
              ? t('records.queue.scan.failed')
              : records === undefined
                ? t('records.queue.scan.at', { at: formatDateTime(finished_at ?? '') })
                : t('records.queue.scan.done', {
                    at: formatDateTime(finished_at ?? ''),
                    count: formatNumber(records),
                    pairs: formatNumber(pairs ?? 0),
                  })}
      </Text>
      {may_scan && (
        <Button
          variant={status === 'never' ? 'filled' : 'default'}
          leftSection={<IconRefresh size={15} />}
          disabled={running}
          loading={start.isPending}
          onClick={() => start.mutate(undefined, { onError: notifyError })}
        >
          {t(status === 'never' ? 'records.queue.scan.first' : 'records.queue.scan.again')}
        </Button>
      )}
    </div>
  );
}
