import { IconClockPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ObjectMeta, RecordData, Reference } from '@/api';
import { ActionIcon, addDays, Checkbox, formatDate, Menu, Tooltip, today, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';
import classes from './HomePage.module.css';

function nextMonday(from: string): string {
  const day = new Date(`${from}T12:00:00`).getDay();
  return addDays(from, (8 - day) % 7 || 7);
}

export function TaskRow({
  object,
  task,
  day,
  customer,
  onDone,
  onSnooze,
}: {
  object: ObjectMeta;
  task: RecordData;
  day: string;
  customer?: Reference;
  onDone: () => void;
  onSnooze: (day: string) => void;
}) {
  const { t, language } = useTexts();
  const format = useFormat();
  const now = today();
  const choices: [string, string][] = [
    [t('app.tomorrow'), addDays(now, 1)],
    [t('app.nextMonday'), nextMonday(now)],
    [t('app.inOneWeek'), addDays(now, 7)],
    [t('app.inOneMonth'), addDays(now, 30)],
  ];
  const mayChange = object.permissions.update;
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
        {customer && <span className={list.sub}>{customer.title}</span>}
      </div>
      <span
        className={`${list.when} ${day < now ? list.late : ''}`}
        title={formatDate(day, 'full', language)}
      >
        {format.due(day)}
      </span>
      {mayChange && (
        <Menu width={210}>
          <Menu.Target>
            <Tooltip label={t('app.snooze')}>
              <ActionIcon aria-label={t('app.snoozeOf', { title: task.title })}>
                <IconClockPlus size={17} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('app.snooze')}</Menu.Label>
            {choices.map(([name, to]) => (
              <Menu.Item
                key={name}
                rightSection={<span className={list.when}>{formatDate(to, 'day', language)}</span>}
                onClick={() => onSnooze(to)}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
