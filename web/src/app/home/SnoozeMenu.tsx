import type { ReactElement } from 'react';
import { formatDate, Menu, today, useTexts } from '@/ui';
import list from '../RowList.module.css';
import { dayChoices } from './dayChoices';

/** Days to put a task off to. */
export function SnoozeMenu({ target, onSnooze }: { target: ReactElement; onSnooze: (day: string) => void }) {
  const { t, language } = useTexts();
  return (
    <Menu width={210} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('app.snooze')}</Menu.Label>
        {dayChoices(today()).map(([text, to]) => (
          <Menu.Item
            key={text}
            rightSection={<span className={list.when}>{formatDate(to, 'day', language)}</span>}
            onClick={() => onSnooze(to)}
          >
            {t(text)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
