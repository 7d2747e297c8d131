import { IconAlertTriangleFilled, IconArrowsRightLeft, IconBan, IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type MouseEvent, useRef } from 'react';
import { NamedIcon, useTexts } from '@/ui';
import classes from './calendar.module.css';
import { type Entry, timeText } from './calendarModel';
import { useEntryDrag } from './entryDrag';

export interface EntryActions {
  /** Absent: the record opens as a page. */
  onOpen?: (entry: Entry) => void;
  /** Asks where to. */
  onAskMove: (entry: Entry) => void;
  isGoing: (entry: Entry) => boolean;
  /** Id of the record that is open beside the calendar. */
  current: string | undefined;
}

interface EntryChipProps extends EntryActions {
  entry: Entry;
  /** line: one line of a day; block: in a column of hours; row: roomy, in the list of a day. */
  look: 'line' | 'block' | 'row';
  draggable?: boolean;
  /** Reached by Tab. */
  reachable: boolean;
  style?: CSSProperties;
}

/** One record in the calendar. */
export function EntryChip(props: EntryChipProps) {
  const { entry, look, reachable, style, onOpen, onAskMove } = props;
  const { t } = useTexts();
  const chip = useRef<HTMLLIElement>(null);
  const busy = props.isGoing(entry);
  const mayMove = entry.movable && !busy;
  const dragging = useEntryDrag(chip, entry, mayMove && props.draggable === true);
  const title = entry.title || t('records.untitled');
  const time = entry.minute === undefined ? undefined : timeText(entry.minute);
  const open = (event: MouseEvent) => {
    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(entry);
  };
  const { object } = entry.source;
  const hint = [time, title, entry.about].filter(Boolean).join(' ');
  return (
    <li
      ref={chip}
      className={classes.chip}
      style={style}
      title={look === 'row' ? undefined : hint}
      data-entry={entry.id}
      data-look={look}
      data-tone={entry.source.tone ?? 'blue'}
      data-state={entry.state}
      data-busy={busy || undefined}
      data-dragging={dragging || undefined}
      data-current={entry.record.id === props.current || undefined}
      data-movable={(mayMove && props.draggable) || undefined}
      aria-busy={busy || undefined}
    >
      {/* The link would be dragged in the place of its entry. */}
      <Link
        className={classes.chipLink}
        to="/o/$plural/$id"
        params={{ plural: object.plural, id: entry.record.id }}
        draggable={false}
        tabIndex={reachable ? undefined : -1}
        onClick={open}
      >
        <span className={classes.icon}>
          <StateIcon entry={entry} size={look === 'row' ? 18 : 14} />
        </span>
        {time && <span className={classes.time}>{time}</span>}
        <span className={classes.words}>
          <span className={classes.title}>{title}</span>
          {entry.about && <span className={classes.about}>{entry.about}</span>}
        </span>
      </Link>
      {mayMove && (
        <button
          type="button"
          className={classes.moveButton}
          tabIndex={reachable ? undefined : -1}
          aria-label={t('records.board.moveCard', { title })}
          title={t('records.calendar.moveHint')}
          onClick={() => onAskMove(entry)}
        >
          <IconArrowsRightLeft size={look === 'row' ? 16 : 13} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

function StateIcon({ entry, size }: { entry: Entry; size: number }) {
  const { t } = useTexts();
  if (entry.state === 'late')
    return <IconAlertTriangleFilled size={size} aria-label={t('records.calendar.late')} />;
  if (entry.state === 'done')
    return <IconCheck size={size} stroke={2.4} aria-label={t('records.calendar.done')} />;
  if (entry.state === 'cancelled')
    return <IconBan size={size} aria-label={t('records.calendar.cancelled')} />;
  return <NamedIcon name={entry.icon} size={size} />;
}
