import { IconHourglassLow, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { useTexts } from '@/ui';
import classes from './board.module.css';
import { type BoardColumn, daysStill, standsStill } from './boardModel';
import { useCardDrag } from './cardDrag';

interface BoardCardProps {
  object: ObjectMeta;
  record: RecordData;
  column: BoardColumn;
  facts: FieldMeta[];
  since: FieldMeta | undefined;
  /** It is being moved. */
  busy: boolean;
  draggable: boolean;
  /** Absent: the card opens as a page. */
  onOpen?: (record: RecordData) => void;
  /** Keys pressed while something of the card has the focus. */
  onKeyDown?: (event: KeyboardEvent) => void;
  current: boolean;
  menu: ReactNode;
}

const kFacts = 4;

/** One record: whose it is, what the list says of it, and for how long it has stood still. */
export function BoardCard(props: BoardCardProps) {
  const { object, record, column, facts, since, busy, onOpen, current, menu } = props;
  const { t, label } = useTexts();
  const card = useRef<HTMLLIElement>(null);
  const dragging = useCardDrag(card, record, column.key, props.draggable && !busy);
  const filled = facts.filter((field) => !isEmpty(record[field.key]));
  // Whom it is about stands under the title and needs no heading.
  const about = filled.find((field) => field.target);
  // Numbers are short: two of them share a line.
  const isNumber = (field: FieldMeta) => kindOf(field.kind).align === 'right';
  const rest = filled.filter((field) => field !== about).slice(0, kFacts);
  const shown = [...rest.filter(isNumber), ...rest.filter((field) => !isNumber(field))];
  const days = daysStill(record, since);
  const still = busy ? undefined : standsStill(days, column.staleAfter);
  const open = (event: MouseEvent) => {
    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(record);
  };
  const cell = (field: FieldMeta) => {
    const { Cell } = kindOf(field.kind);
    return <Cell field={field} value={record[field.key]} place="row" />;
  };

  return (
    <li
      ref={card}
      className={classes.card}
      onKeyDown={props.onKeyDown}
      data-card={record.id}
      data-busy={busy || undefined}
      data-dragging={dragging || undefined}
      data-current={current || undefined}
      data-draggable={(props.draggable && !busy) || undefined}
      aria-busy={busy || undefined}
    >
      {/* The link would be dragged in the place of its card. */}
      <Link
        className={classes.title}
        to="/o/$plural/$id"
        params={{ plural: object.plural, id: record.id }}
        draggable={false}
        onClick={open}
      >
        {record.title || t('records.untitled')}
      </Link>
      {about && <div className={classes.about}>{cell(about)}</div>}
      {shown.length > 0 && (
        <dl className={classes.facts}>
          {shown.map((field) => (
            <div key={field.key} className={classes.fact}>
              <dt>{label(field.label)}</dt>
              <dd>{cell(field)}</dd>
            </div>
          ))}
        </dl>
      )}
      {still && (
        <div className={classes.still} data-still={still}>
          <IconHourglassLow size={14} aria-hidden="true" />
          {t('records.board.still', { count: days })}
        </div>
      )}
      <div className={classes.foot}>
        <span className={classes.owner}>
          {record.owner_id && (
            <>
              <IconUser size={13} aria-label={t('records.board.owner')} />
              <span>{record.owner_id.title}</span>
            </>
          )}
        </span>
        {menu}
      </div>
    </li>
  );
}
