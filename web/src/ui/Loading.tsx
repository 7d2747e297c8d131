import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from './useTexts';
import { useWaiting } from './waiting';

const widths = ['72%', '54%', '83%', '61%', '76%', '48%', '68%', '80%'];

/** Lines in the place of a list that is loading; of the height of its rows, so that nothing jumps. */
export function Loading({ rows = 5, height = 14 }: { rows?: number; height?: number }) {
  const { t } = useTexts();
  useWaiting();
  return (
    <Stack gap={16} p="md" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <Skeleton key={at} height={height} width={widths[at % widths.length]} />
      ))}
    </Stack>
  );
}
