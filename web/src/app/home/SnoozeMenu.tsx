import type { ReactElement } from 'react';
import { addDays, formatDate, Menu, today, useTexts } from '@/ui';
import list from '../RowList.module.css';

function nextMonday(from: string): string {
  const day = new Date(`${from}T12:00:00`).getDay();
  return addDays(from, (8 - day) % 7 || 7);
}

/** Days to put a task off to. */
export function SnoozeMenu({ target, onSnooze }: { target: ReactElement; onSnooze: (day: string) => void }) {
  const { t, language } = useTexts();
  const now = today();
  const choices: [string, string][] = [
    [t('app.tomorrow'), addDays(now, 1)],
    [t('app.nextMonday'), nextMonday(now)],
    [t('app.inOneWeek'), addDays(now, 7)],
    [t('app.inOneMonth'), addDays(now, 30)],
  ];
  return (
    <Menu width={210} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
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
  );
}
