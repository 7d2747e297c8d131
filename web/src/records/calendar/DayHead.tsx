import { IconPlus } from '@tabler/icons-react';
import { formatDate, useTexts } from '@/ui';
import { dayMark } from '@/ui/holidays';
import classes from './calendar.module.css';
import { weekdayOf } from './period';

export interface DayHeadProps {
  day: string;
  today: string;
  holidays: ReadonlyMap<string, string>;
  /** Reached by Tab: one day of the calendar is. */
  reachable: boolean;
  /** With its weekday, where no heading of the column says it. */
  weekday?: boolean;
  onDay: (day: string) => void;
  onCreate?: (day: string) => void;
}

/** The number of a day, which opens it, its holiday, and the way to something new on it. */
export function DayHead(props: DayHeadProps) {
  const { day, today, holidays, reachable, onDay, onCreate } = props;
  const { t, language } = useTexts();
  const holiday = language === 'ja' ? holidays.get(day) : undefined;
  const full = formatDate(day, 'day', language);
  const number = Number(day.slice(8));
  // The same words as in the name of the button, without the weekday.
  const monthDay = full.replace(/\(.\)$/, '').replace(/^\w+, /, '');
  return (
    <div className={classes.dayHead} data-mark={dayMark(day, holidays)}>
      {props.weekday && (
        <span className={classes.weekday} aria-hidden="true">
          {weekdayText(weekdayOf(day), language)}
        </span>
      )}
      <button
        type="button"
        className={classes.dayNumber}
        data-day-button={day}
        tabIndex={reachable ? 0 : -1}
        aria-label={holiday ? `${full} ${holiday}` : full}
        aria-current={day === today ? 'date' : undefined}
        onClick={() => onDay(day)}
      >
        {number === 1 && !props.weekday ? monthDay : number}
      </button>
      {holiday && (
        <span className={classes.holiday} title={holiday} aria-hidden="true">
          {holiday}
        </span>
      )}
      {onCreate && (
        <button
          type="button"
          className={classes.addButton}
          tabIndex={reachable ? 0 : -1}
          aria-label={t('records.calendar.addOn', { day: full })}
          onClick={() => onCreate(day)}
        >
          <IconPlus size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

const kWeekdays = { ja: '日月火水木金土'.split(''), en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

export function weekdayText(weekday: number, language: 'ja' | 'en'): string {
  return kWeekdays[language][weekday] ?? '';
}
