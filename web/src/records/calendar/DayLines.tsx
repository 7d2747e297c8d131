import { useTexts } from '@/ui';
import classes from './calendar.module.css';
import { type Entry, fitting } from './calendarModel';
import { EntryChip } from './EntryChip';
import type { GridProps } from './grid';

interface DayLinesProps extends Pick<GridProps, 'actions' | 'onDay'> {
  day: string;
  entries: readonly Entry[];
  /** How many lines there is room for; undefined: for all. */
  lines: number | undefined;
  /** There may be more than were loaded. */
  partial?: boolean;
  /** Whether Tab reaches them. */
  reachable: boolean;
}

/** What is on a day, a line each, and the way to what has no room. */
export function DayLines({ day, entries, lines, partial = false, reachable, actions, onDay }: DayLinesProps) {
  const { t } = useTexts();
  const shown = lines === undefined ? entries : entries.slice(0, fitting(entries.length, lines));
  const rest = entries.length - shown.length;
  return (
    <>
      {shown.length > 0 && (
        <ul className={classes.entries}>
          {shown.map((entry) => (
            <EntryChip
              key={entry.id}
              {...actions}
              entry={entry}
              look="line"
              draggable
              reachable={reachable}
            />
          ))}
        </ul>
      )}
      {(rest > 0 || partial) && (
        <button
          type="button"
          className={classes.more}
          tabIndex={reachable ? 0 : -1}
          onClick={() => onDay(day)}
        >
          {partial ? t('records.calendar.openDay') : t('records.calendar.more', { count: rest })}
        </button>
      )}
    </>
  );
}
