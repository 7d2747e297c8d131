import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useHolidays } from '@/api';
import { addDays, ErrorState, isComposing, useLocalStorage, useTexts, VisuallyHidden } from '@/ui';
import { useToday } from '@/ui/useToday';
import { CalendarBar } from './CalendarBar';
import classes from './calendar.module.css';
import { byDay, type Entry, isTimed, type Place, type Source } from './calendarModel';
import type { EntryActions } from './EntryChip';
import { focusIn, landOn, stepOf } from './focus';
import type { GridProps } from './grid';
import { MonthGrid } from './MonthGrid';
import { PhoneCalendar } from './PhoneCalendar';
import { daysOf, headingOf, periodOf, type Span, stepped, type WeekStart } from './period';
import { TimeGrid } from './TimeGrid';
import { useEntries } from './useEntries';
import { useEntryMoves } from './useEntryMoves';

const MoveDialog = lazy(() => import('./MoveDialog').then((found) => ({ default: found.MoveDialog })));

interface CalendarViewProps {
  /** The same array as long as it means the same. */
  sources: readonly Source[];
  span: Span;
  day: string;
  onPeriod: (part: { span?: Span; day?: string }) => void;
  phone: boolean;
  current: string | undefined;
  onOpen: (entry: Entry) => void;
  /** Absent where nothing can be made. */
  onCreate?: (place: Place) => void;
}

/** Records by their dates: a month, a week or a day. What is moved is saved, and can be taken back. */
export function CalendarView(props: CalendarViewProps) {
  const { sources, span, day, onPeriod, phone, onCreate } = props;
  const { t, language } = useTexts();
  const today = useToday();
  const [weekStart, setWeekStart] = useLocalStorage<WeekStart>({
    key: 'daifuku-week-start',
    defaultValue: 0,
    getInitialValueInEffect: false,
  });
  const period = useMemo(() => periodOf(span, day, weekStart), [span, day, weekStart]);
  const days = useMemo(() => daysOf(period), [period]);
  const holidays = useHolidays(Number(day.slice(0, 4))).data ?? noHolidays;
  const read = useEntries(sources, period);
  const [said, setSaid] = useState('');
  const { going, move } = useEntryMoves(setSaid);
  const entries = useMemo(() => byDay(read.entries, going), [read.entries, going]);
  const [asking, setAsking] = useState<Entry>();

  const root = useRef<HTMLDivElement>(null);
  const [stood, setActive] = useState(day);
  const active = stood >= period.from && stood <= period.to ? stood : day;
  // Where the focus goes once what it should stand on is on the screen.
  const [follow, setFollow] = useState<{ day: string; entry?: string }>();
  useEffect(() => {
    if (!follow || !root.current) return;
    if (landOn(root.current, follow)) setFollow(undefined);
  });
  const go = (to: string, entry?: string) => {
    setActive(to);
    if (to < period.from || to > period.to) onPeriod({ day: to });
    setFollow({ day: to, entry });
  };

  const put = (entry: Entry, place: Place, focus = false) => {
    if (!move(entry, place)) return;
    if (focus && !phone) go(place.day, entry.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.shiftKey || !root.current) return;
    const at = focusIn(event.target as HTMLElement);
    if (!at) return;
    const step = stepOf(event.key);
    if (event.altKey) {
      const entry = entries.get(at.day)?.find(({ id }) => id === at.entry);
      if (!entry?.movable || !step) return;
      // The browser would go back or forward.
      event.preventDefault();
      const hours = span !== 'month' && step.lines !== 0;
      if (!hours) put(entry, { day: addDays(entry.day, step.days + 7 * step.lines) }, true);
      else if (entry.minute !== undefined) {
        const minute = Math.min(24 * 60 - 15, Math.max(0, entry.minute + 15 * step.lines));
        put(entry, { day: entry.day, minute }, true);
      }
      return;
    }
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      go(stepped(span, at.day, event.key === 'PageUp' ? -1 : 1));
    } else if (step) {
      event.preventDefault();
      const within = step.lines === 0 ? undefined : at.beside(step.lines);
      if (within) within.focus();
      else if (step.lines === 0 || span === 'month') go(addDays(at.day, step.days + 7 * step.lines));
    }
  };

  const movable = sources.some(
    ({ object, field }) => object.permissions.update && !field.read_only && field.writable !== false,
  );
  const actions: EntryActions = {
    onOpen: phone ? undefined : props.onOpen,
    onAskMove: setAsking,
    isGoing: (entry) => going.has(entry.id),
    current: props.current,
  };
  const heading = headingOf(span, day, period, language);
  const grid: GridProps = {
    label: heading,
    days,
    month: span === 'month' ? day.slice(0, 7) : undefined,
    today,
    active,
    holidays,
    entries,
    cut: read.cut,
    actions,
    onDay: (to) => onPeriod(phone ? { day: to } : { day: to, span: 'day' }),
    onCreate,
    onMove: put,
  };
  const timed = sources.some(({ field }) => isTimed(field));
  const noted = entries.size === 0 && !read.isPending && !read.error;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go between the buttons and links inside
    <div
      ref={root}
      className={classes.calendar}
      data-calendar
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const at = focusIn(event.target as HTMLElement);
        if (at) setActive(at.day);
      }}
    >
      <CalendarBar
        heading={heading}
        span={span}
        loading={read.isPending}
        phone={phone}
        weekStart={weekStart}
        onWeekStart={setWeekStart}
        onSpan={(to) => onPeriod({ span: to, day: active })}
        onStep={(step) => onPeriod({ day: stepped(span, day, step) })}
        onToday={() => onPeriod({ day: today })}
      />
      {read.error && <ErrorState compact error={read.error} onRetry={read.refetch} />}
      {read.cut && <p className={classes.note}>{t('records.calendar.cut')}</p>}
      {!movable && <p className={classes.note}>{t('records.calendar.readOnly')}</p>}
      {noted && !phone && (
        <p className={classes.note} role="status">
          {t('records.calendar.none')}
        </p>
      )}
      {phone ? (
        <PhoneCalendar {...grid} chosen={day} loading={read.isPending} />
      ) : span === 'month' ? (
        <MonthGrid {...grid} />
      ) : (
        <TimeGrid key={`${span}-${timed}`} {...grid} timed={timed} />
      )}
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
      {asking && (
        <Suspense>
          <MoveDialog
            entry={asking}
            onClose={() => setAsking(undefined)}
            onMove={(place) => {
              setAsking(undefined);
              put(asking, place);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const noHolidays: ReadonlyMap<string, string> = new Map();
