import { useRef } from 'react';
import { useElementSize, useTexts } from '@/ui';
import { dayMark } from '@/ui/holidays';
import classes from './calendar.module.css';
import type { Entry } from './calendarModel';
import { DayHead, weekdayText } from './DayHead';
import { DayLines } from './DayLines';
import { useEntryDrop } from './entryDrag';
import type { GridProps } from './grid';
import { weekdayOf } from './period';

const kLine = 24;
const kHead = 28;
// A day shows at least the line that tells of its entries and two of them.
const kLeastLines = 3;

/** A month as weeks of days. */
export function MonthGrid(props: GridProps) {
  const { days, label } = props;
  const { language } = useTexts();
  const { ref, height } = useElementSize();
  const weeks = Math.max(1, days.length / 7);
  const lines = Math.max(kLeastLines, Math.floor((height / weeks - kHead - 5) / kLine));
  return (
    <section aria-label={label} className={classes.month}>
      <div className={classes.weekdays} aria-hidden="true">
        {days.slice(0, 7).map((day) => (
          <div
            key={weekdayOf(day)}
            data-mark={weekdayOf(day) === 0 ? 'holiday' : weekdayOf(day) === 6 ? 'saturday' : undefined}
          >
            {weekdayText(weekdayOf(day), language)}
          </div>
        ))}
      </div>
      <ol
        ref={ref}
        className={classes.weeks}
        style={{ gridTemplateRows: `repeat(${weeks}, minmax(${kHead + 5 + kLeastLines * kLine}px, 1fr))` }}
      >
        {days.map((day) => (
          <MonthDay key={day} {...props} day={day} lines={lines} />
        ))}
      </ol>
    </section>
  );
}

function MonthDay({ day, lines, ...props }: GridProps & { day: string; lines: number }) {
  const cell = useRef<HTMLLIElement>(null);
  const over = useEntryDrop(cell, (entry: Entry) => props.onMove(entry, { day }));
  const reachable = day === props.active;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button + does the same without a mouse
    <li
      ref={cell}
      className={classes.cell}
      data-day={day}
      data-other={(props.month !== undefined && day.slice(0, 7) !== props.month) || undefined}
      data-today={day === props.today || undefined}
      data-mark={dayMark(day, props.holidays)}
      data-over={over !== undefined || undefined}
      onClick={(event) => {
        const bare = event.target === event.currentTarget || (event.target as HTMLElement).tagName === 'UL';
        if (bare) props.onCreate?.({ day });
      }}
    >
      <DayHead
        day={day}
        today={props.today}
        holidays={props.holidays}
        reachable={reachable}
        onDay={props.onDay}
        onCreate={props.onCreate && ((on) => props.onCreate?.({ day: on }))}
      />
      <DayLines
        day={day}
        entries={props.entries.get(day) ?? []}
        lines={lines}
        partial={props.cut !== undefined && day >= props.cut}
        reachable={reachable}
        actions={props.actions}
        onDay={props.onDay}
      />
    </li>
  );
}
