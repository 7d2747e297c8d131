import { IconPlus } from '@tabler/icons-react';
import { Button, formatDate, Loading, useTexts } from '@/ui';
import { dayMark } from '@/ui/holidays';
import classes from './calendar.module.css';
import { weekdayText } from './DayHead';
import { EntryChip } from './EntryChip';
import type { GridProps } from './grid';
import { weekdayOf } from './period';

const kDots = 3;

/** The days as a small grid that counts, and the list of the chosen one below it. */
export function PhoneCalendar(props: GridProps & { chosen: string; loading: boolean }) {
  const { days, chosen, today, holidays, entries, label } = props;
  const { t, language } = useTexts();
  const list = entries.get(chosen) ?? [];
  const full = formatDate(chosen, 'day', language);
  const holiday = language === 'ja' ? holidays.get(chosen) : undefined;
  const partial = props.cut !== undefined && chosen >= props.cut;
  return (
    <div className={classes.phone}>
      {days.length > 1 && (
        <section className={classes.phoneDays} aria-label={label}>
          {days.slice(0, 7).map((day) => (
            <span
              key={weekdayOf(day)}
              className={classes.phoneWeekday}
              aria-hidden="true"
              data-mark={weekdayOf(day) === 0 ? 'holiday' : weekdayOf(day) === 6 ? 'saturday' : undefined}
            >
              {weekdayText(weekdayOf(day), language)}
            </span>
          ))}
          {days.map((day) => {
            const count = entries.get(day)?.length ?? 0;
            return (
              <button
                key={day}
                type="button"
                className={classes.phoneDay}
                data-mark={dayMark(day, holidays)}
                data-other={(props.month !== undefined && day.slice(0, 7) !== props.month) || undefined}
                aria-pressed={day === chosen}
                aria-current={day === today ? 'date' : undefined}
                aria-label={[
                  formatDate(day, 'day', language),
                  language === 'ja' ? holidays.get(day) : undefined,
                  t('records.list.count', { count }),
                ]
                  .filter(Boolean)
                  .join(' ')}
                onClick={() => props.onDay(day)}
              >
                <span className={classes.phoneNumber}>{Number(day.slice(8))}</span>
                <span className={classes.dots}>
                  {count > kDots ? (
                    <span className={classes.dotCount} data-count={count} />
                  ) : (
                    (entries.get(day) ?? []).map((entry) => (
                      <i key={entry.id} data-tone={entry.source.tone ?? 'blue'} data-state={entry.state} />
                    ))
                  )}
                </span>
              </button>
            );
          })}
        </section>
      )}
      <section className={classes.dayList} aria-label={full}>
        <header className={classes.dayListHead} data-mark={dayMark(chosen, holidays)}>
          <h2>
            {full}
            {holiday && <span className={classes.holiday}>{holiday}</span>}
          </h2>
          {props.onCreate && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => props.onCreate?.({ day: chosen })}
            >
              {t('ui.add')}
            </Button>
          )}
        </header>
        {list.length > 0 ? (
          <ul className={classes.rows}>
            {list.map((entry) => (
              <EntryChip key={entry.id} {...props.actions} entry={entry} look="row" reachable />
            ))}
          </ul>
        ) : props.loading ? (
          <Loading rows={3} />
        ) : (
          <p className={classes.nothing}>{t('records.calendar.noneOnDay')}</p>
        )}
        {partial && days.length > 1 && <p className={classes.nothing}>{t('records.calendar.narrow')}</p>}
      </section>
    </div>
  );
}
