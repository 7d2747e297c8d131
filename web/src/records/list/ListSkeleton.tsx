import { Skeleton, useTexts } from '@/ui';

/** The place of the sheet while its first page loads. */
export function ListSkeleton() {
  const { t } = useTexts();
  return (
    <div role="status" aria-label={t('ui.loading')} style={{ padding: '10px 12px' }}>
      {Array.from({ length: 18 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
        <Skeleton key={at} height={12} mb={18} width={`${60 + ((at * 17) % 36)}%`} />
      ))}
    </div>
  );
}
