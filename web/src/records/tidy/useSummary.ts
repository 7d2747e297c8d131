import type { TidyDone } from '@/api';
import { formatNumber, useTexts } from '@/ui';
import { byReason } from '../byReason';
import type { Mend } from './mends';

const kReasons = 3;

/** What a mend did, for the message that offers to take it back. */
export function useSummary(mend: Mend): (done: TidyDone) => string {
  const { t } = useTexts();
  return ({ done, skipped }) => {
    const lines = [t(`records.tidy.mend.${mend.key}.done`, { count: formatNumber(done) })];
    if (skipped.length > 0) {
      lines.push(t('records.tidy.skipped', { count: formatNumber(skipped.length) }));
      for (const { reason } of byReason(skipped, 0).slice(0, kReasons)) lines.push(reason);
    }
    return lines.join('\n');
  };
}
