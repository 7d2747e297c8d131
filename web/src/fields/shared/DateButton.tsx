import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import { ActionIcon, useTexts } from '@/ui';
import classes from './fields.module.css';

interface DateButtonProps {
  type: 'date' | 'datetime-local';
  value: string;
  onChange: (value: string) => void;
}

/** The calendar of the browser beside a typed date: the wheel on a phone, a month view on a desk, no code of ours. */
export function DateButton({ type, value, onChange }: DateButtonProps) {
  const { t } = useTexts();
  const box = useRef<HTMLInputElement>(null);
  return (
    <span style={{ position: 'relative', display: 'inline-flex' }}>
      <ActionIcon
        aria-label={t('fields.calendar')}
        tabIndex={-1}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => box.current?.showPicker()}
      >
        <IconCalendar size={16} stroke={1.6} />
      </ActionIcon>
      <input
        ref={box}
        className={classes.nativeDate}
        type={type}
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </span>
  );
}
