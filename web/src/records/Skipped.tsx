import { Alert, formatNumber, joinList, useTexts } from '@/ui';
import { byReason, type SkippedRecord } from './byReason';

const kTitles = 5;

/** Records that a change of many leaves as they are, and why. */
export function Skipped({
  title,
  skipped,
  className,
}: {
  title: string;
  skipped: readonly SkippedRecord[];
  className?: string;
}) {
  const { t, language } = useTexts();
  if (skipped.length === 0) return null;
  return (
    <Alert color="orange" className={className} title={title}>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {byReason(skipped, kTitles).map(({ reason, titles, count }) => (
          <li key={reason}>
            {t('records.skipped.line', {
              reason,
              names: joinList(
                titles.map((each) => each || t('records.untitled')),
                language,
              ),
            })}
            {count > titles.length &&
              t('records.skipped.others', { count: formatNumber(count - titles.length) })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
