import { useFormat, useTexts } from '@/ui';
import classes from './usage.module.css';
import { dayAt, daysWith, sumOf } from './usageModel';

/** Entries of the last weeks, a bar a day; in words for who does not see them. */
export function DayBars({ days, today }: { days: number[]; today: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const most = Math.max(1, ...days);
  const words = t('app.usage.barsLabel', { count: sumOf(days), days: daysWith(days) });
  return (
    <div>
      <div className={classes.bars} role="img" aria-label={words}>
        {days.map((count, at) => {
          const day = dayAt(today, days.length, at);
          return (
            <span
              key={day}
              className={classes.bar}
              data-some={count > 0 || undefined}
              style={{ height: count === 0 ? 2 : Math.max(5, Math.round((28 * count) / most)) }}
              title={t('app.usage.barTitle', { date: format.date(day), count })}
            />
          );
        })}
      </div>
      <div className={classes.sub}>{words}</div>
    </div>
  );
}
