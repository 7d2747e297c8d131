import { type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '@/ui';
import { dayMark } from '@/ui/holidays';
import classes from './calendar.module.css';
import { type Entry, isTimed, lanesOf, minuteAt, timeText } from './calendarModel';
import { DayHead } from './DayHead';
import { DayLines } from './DayLines';
import { EntryChip } from './EntryChip';
import { useEntryDrop } from './entryDrag';
import type { GridProps } from './grid';

const kHour = 48;
const kDay = 24 * kHour;
const kAllDayLines = 4;
const kHours = Array.from({ length: 24 }, (_, hour) => hour);

/** Days beside each other: what has no time above, the hours below. Without hours where nothing has a time. */
export function TimeGrid(props: GridProps & { timed: boolean }) {
  const { days, timed, label } = props;
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  // The office opens at eight.
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollTop = 8 * kHour - 8;
  }, []);
  const columns = { gridTemplateColumns: `${timed ? '52px ' : ''}repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <section aria-label={label} className={classes.days}>
      <div className={classes.heads} style={columns}>
        {timed && <span />}
        {days.map((day) => (
          <div key={day} data-today={day === props.today || undefined}>
            <DayHead
              day={day}
              weekday
              today={props.today}
              holidays={props.holidays}
              reachable={day === props.active}
              onDay={props.onDay}
              onCreate={props.onCreate && ((on) => props.onCreate?.({ day: on }))}
            />
          </div>
        ))}
      </div>
      <div className={classes.allDay} style={columns} data-whole={!timed || undefined}>
        {timed && <span className={classes.allDayLabel}>{t('records.calendar.allDay')}</span>}
        {days.map((day) => (
          <AllDay
            key={day}
            {...props}
            day={day}
            lines={timed && days.length > 1 ? kAllDayLines : undefined}
          />
        ))}
      </div>
      {timed && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys as well, and nothing in an empty day takes the focus
        <section ref={scroll} className={classes.hours} tabIndex={0} aria-label={t('records.calendar.timed')}>
          <div className={classes.hoursInner} style={{ ...columns, height: kDay }}>
            <div className={classes.hourLabels} aria-hidden="true">
              {kHours.slice(1).map((hour) => (
                <span key={hour} style={{ top: hour * kHour }}>
                  {hour}:00
                </span>
              ))}
            </div>
            {days.map((day) => (
              <DayHours key={day} {...props} day={day} />
            ))}
          </div>
        </section>
      )}
    </section>
  );
}

type DayProps = GridProps & { day: string };

function AllDay({ day, lines, ...props }: DayProps & { lines: number | undefined }) {
  const cell = useRef<HTMLDivElement>(null);
  const over = useEntryDrop(cell, (entry) => props.onMove(entry, { day }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button + does the same without a mouse
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={cell}
      className={classes.allDayCell}
      data-day={day}
      data-today={day === props.today || undefined}
      data-mark={dayMark(day, props.holidays)}
      data-over={over !== undefined || undefined}
      onClick={(event) => {
        const bare = event.target === event.currentTarget || (event.target as HTMLElement).tagName === 'UL';
        if (bare) props.onCreate?.({ day });
      }}
    >
      <DayLines
        day={day}
        entries={(props.entries.get(day) ?? []).filter((entry) => entry.minute === undefined)}
        lines={lines}
        reachable={day === props.active}
        actions={props.actions}
        onDay={props.onDay}
      />
    </div>
  );
}

function DayHours({ day, ...props }: DayProps) {
  const column = useRef<HTMLDivElement>(null);
  const over = useEntryDrop(column, (entry, top) =>
    props.onMove(entry, isTimed(entry.source.field) ? { day, minute: minuteAt(top, kDay) } : { day }),
  );
  const laned = lanesOf((props.entries.get(day) ?? []).filter((entry) => entry.minute !== undefined));
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const bare = event.target === event.currentTarget || (event.target as HTMLElement).tagName === 'UL';
    if (!bare) return;
    const offset = event.clientY - event.currentTarget.getBoundingClientRect().top;
    // The half hour that was pointed at, not the one that is nearer.
    props.onCreate?.({ day, minute: Math.floor((offset / kDay) * 48) * 30 });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button + does the same without a mouse
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={column}
      className={classes.hourColumn}
      data-day={day}
      data-today={day === props.today || undefined}
      data-mark={dayMark(day, props.holidays)}
      onClick={onClick}
    >
      {laned.length > 0 && (
        <ul className={classes.blocks}>
          {laned.map(({ entry, lane, lanes }) => (
            <EntryChip
              key={entry.id}
              {...props.actions}
              entry={entry}
              look="block"
              draggable
              reachable={day === props.active}
              style={blockStyle(entry, lane, lanes)}
            />
          ))}
        </ul>
      )}
      {day === props.today && <NowLine />}
      {over !== undefined && (
        <div className={classes.target} style={{ top: (minuteAt(over, kDay) / 60) * kHour }}>
          {timeText(minuteAt(over, kDay))}
        </div>
      )}
    </div>
  );
}

function blockStyle(entry: Entry, lane: number, lanes: number) {
  const minute = entry.minute ?? 0;
  const height = Math.min(Math.max(entry.minutes, 30), 24 * 60 - minute);
  return {
    top: (minute / 60) * kHour,
    height: Math.max(24, (height / 60) * kHour),
    left: `${(lane / lanes) * 100}%`,
    width: `${100 / lanes}%`,
  };
}

/** Where the day stands. */
function NowLine() {
  const [minute, setMinute] = useState(minuteNow);
  useEffect(() => {
    const timer = setInterval(() => setMinute(minuteNow()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return <div className={classes.now} style={{ top: (minute / 60) * kHour }} />;
}

function minuteNow(): number {
  const now = new Date();
  return now.getHours() * 60 + now.getMinutes();
}
