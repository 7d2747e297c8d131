import type { ReactNode } from 'react';
import { joinList, Panel, Text, useTexts } from '@/ui';
import classes from './inventory.module.css';
import type { Share } from './proposals';

interface SharePanelProps<Each extends Share> {
  title: string;
  help: string;
  items: Each[];
  action: ReactNode;
  note?: (each: Each) => string;
}

/** Who, or which list, and for which work. */
export function SharePanel<Each extends Share>({ title, help, items, action, note }: SharePanelProps<Each>) {
  const { language } = useTexts();
  if (items.length === 0) return null;
  return (
    <Panel flush title={title} actions={action}>
      <Text size="sm" c="dimmed" px={14} pt={12}>
        {help}
      </Text>
      <ul style={{ listStyle: 'none', margin: 0, padding: '4px 0 8px' }}>
        {items.map((each) => (
          <li key={each.name} className={classes.row}>
            <div className={classes.words}>
              {each.name}
              {note && <span className={classes.why}> — {note(each)}</span>}
              <div className={classes.why}>{joinList(each.works, language)}</div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
