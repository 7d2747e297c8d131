import { IconRefresh } from '@tabler/icons-react';
import { type ObjectMeta, useCancelScan, useDuplicateScan, useStartScan } from '@/api';
import { Button, formatDateTime, formatNumber, Loader, notifyError, Text, useTexts } from '@/ui';
import classes from './queue.module.css';

/** When all records were looked through last, and the button that does it again. */
export function ScanPanel({ object }: { object: ObjectMeta }) {
  const { t } = useTexts();
  const scan = useDuplicateScan(object.key);
  const start = useStartScan(object.key);
  const cancel = useCancelScan(object.key);
  if (!scan.data) return null;
  const { status, records, pairs, percent, seconds_left, finished_at, may_scan } = scan.data;
  const running = status === 'running';
  const leftText = (seconds: number) =>
    seconds < 90
      ? t('records.queue.scan.seconds', { count: Math.max(5, Math.ceil(seconds / 5) * 5) })
      : t('records.queue.scan.minutes', { count: Math.ceil(seconds / 60) });
  return (
    <div className={classes.scan} role="status">
      {running && <Loader size="xs" />}
      <Text size="sm" c={status === 'failed' ? 'red' : 'dimmed'} className={classes.scanText}>
        {running
          ? [
              t('records.queue.scan.running', { count: formatNumber(records ?? 0) }),
              percent !== undefined && `${percent} %`,
              seconds_left !== undefined && leftText(seconds_left),
            ]
              .filter(Boolean)
              .join(' · ')
          : status === 'never'
            ? t(may_scan ? 'records.queue.scan.never' : 'records.queue.scan.neverMember')
            : status === 'failed'
              ? t('records.queue.scan.failed')
              : status === 'cancelled'
                ? t('records.queue.scan.cancelled')
                : records === undefined
                  ? t('records.queue.scan.at', { at: formatDateTime(finished_at ?? '') })
                  : t('records.queue.scan.done', {
                      at: formatDateTime(finished_at ?? ''),
                      count: formatNumber(records),
                      pairs: formatNumber(pairs ?? 0),
                    })}
      </Text>
      {may_scan && running && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(undefined, { onError: notifyError })}
        >
          {t('records.queue.scan.cancel')}
        </Button>
      )}
      {may_scan && !running && (
        <Button
          variant={status === 'never' ? 'filled' : 'default'}
          leftSection={<IconRefresh size={15} />}
          loading={start.isPending}
          onClick={() => start.mutate(undefined, { onError: notifyError })}
        >
          {t(status === 'never' ? 'records.queue.scan.first' : 'records.queue.scan.again')}
        </Button>
      )}
    </div>
  );
}
