import { IconClockPlus, IconMessagePlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ObjectMeta, RecordData } from '@/api';
import { ActionIcon, Checkbox, formatDate, today, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';
import classes from './HomePage.module.css';

const load = () => import('./SnoozeMenu').then((m) => ({ default: m.SnoozeMenu }));
const SnoozeMenu = lazy(load);

export function TaskRow({
  object,
  task,
  day,
  about,
  onDone,
  onSnooze,
  onContact,
}: {
  object: ObjectMeta;
  task: RecordData;
  day: string;
  /** Whom it concerns, and whose it is when several people's are shown. */
  about: string;
  onDone: () => void;
  onSnooze: (day: string) => void;
  /** Without a customer there is nobody to talk to. */
  onContact?: () => void;
}) {
  const { t, language } = useTexts();
  const format = useFormat();
  const now = today();
  const mayChange = object.permissions.update;
  const [wanted, setWanted] = useState(false);
  const later = (
    <ActionIcon
      aria-label={t('app.snoozeOf', { title: task.title })}
      title={t('app.snooze')}
      aria-haspopup="menu"
      onPointerEnter={wanted ? undefined : () => void load()}
      onClick={wanted ? undefined : () => setWanted(true)}
    >
      <IconClockPlus size={17} stroke={1.6} />
    </ActionIcon>
  );
  return (
    <div className={classes.task}>
      <Checkbox
        aria-label={t('app.markDone', { title: task.title })}
        checked={false}
        disabled={!mayChange}
        onChange={onDone}
      />
      <div className={list.main}>
        <Link to="/o/$plural/$id" params={{ plural: object.plural, id: task.id }} className={list.link}>
          {task.title}
        </Link>
        {about && <span className={list.sub}>{about}</span>}
      </div>
      <span
        className={`${list.when} ${day < now ? list.late : ''}`}
        title={formatDate(day, 'full', language)}
      >
        {format.due(day)}
      </span>
      {onContact && (
        <ActionIcon
          aria-label={t('app.work.actOn', { title: task.title, action: t('app.work.contact') })}
          title={t('app.work.contact')}
          onClick={onContact}
        >
          <IconMessagePlus size={17} stroke={1.6} />
        </ActionIcon>
      )}
      {mayChange && (
        <Suspense fallback={later}>
          {wanted ? <SnoozeMenu target={later} onSnooze={onSnooze} /> : later}
        </Suspense>
      )}
    </div>
  );
}
