import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { ActionIcon, Loader, Popover, useMediaQuery, useTexts } from '@/ui';
import classes from './fields.module.css';

const DayCalendar = lazy(() => import('./DayCalendar').then((m) => ({ default: m.DayCalendar })));

interface DateButtonProps {
  type: 'date' | 'datetime-local';
  value: string;
  onChange: (value: string) => void;
}

/** A calendar beside a typed date. On a phone the wheel of the browser; on a desk a month with the holidays marked. */
export function DateButton(props: DateButtonProps) {
  const phone = useMediaQuery('(pointer: coarse)');
  return props.type === 'date' && !phone ? <CalendarButton {...props} /> : <NativeButton {...props} />;
}

function CalendarButton({ value, onChange }: DateButtonProps) {
  const { t } = useTexts();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          aria-label={t('fields.calendar')}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpened((now) => !now)}
        >
          <IconCalendar size={16} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('fields.calendar')}>
        <Suspense fallback={<Loader size="sm" />}>
          <DayCalendar
            value={value}
            onChange={(day) => {
              onChange(day);
              setOpened(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

function NativeButton({ type, value, onChange }: DateButtonProps) {
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
