import { IconAdjustmentsHorizontal, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { ActionIcon, Button, Loader, Menu, SegmentedControl, Title, useTexts } from '@/ui';
import classes from './calendar.module.css';
import type { Span, WeekStart } from './period';

interface CalendarBarProps {
  heading: string;
  span: Span;
  loading: boolean;
  phone: boolean;
  weekStart: WeekStart;
  onWeekStart: (start: WeekStart) => void;
  onSpan: (span: Span) => void;
  onStep: (step: -1 | 1) => void;
  onToday: () => void;
}

/** Which days are shown, and how to get to others. */
export function CalendarBar(props: CalendarBarProps) {
  const { heading, span, weekStart, onWeekStart } = props;
  const { t } = useTexts();
  const unit = {
    month: [t('records.calendar.lastMonth'), t('records.calendar.nextMonth')],
    week: [t('records.calendar.lastWeek'), t('records.calendar.nextWeek')],
    day: [t('records.calendar.lastDay'), t('records.calendar.nextDay')],
  }[span];
  return (
    <div className={classes.bar}>
      <div className={classes.steps}>
        <Button size="compact-sm" variant="default" onClick={props.onToday}>
          {t('records.calendar.today')}
        </Button>
        <ActionIcon aria-label={unit[0]} onClick={() => props.onStep(-1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon aria-label={unit[1]} onClick={() => props.onStep(1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
      </div>
      <Title order={2} className={classes.heading} aria-live="polite">
        {heading}
      </Title>
      <span className={classes.loading}>
        {props.loading && <Loader size={16} aria-label={t('ui.loading')} role="status" />}
      </span>
      <div className={classes.barEnd}>
        <SegmentedControl
          size="xs"
          aria-label={t('records.calendar.span')}
          value={span}
          onChange={(value) => props.onSpan(value as Span)}
          data={[
            { value: 'month', label: t('records.calendar.month') },
            { value: 'week', label: t('records.calendar.week') },
            { value: 'day', label: t('records.calendar.day') },
          ]}
        />
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('records.calendar.settings')}>
              <IconAdjustmentsHorizontal size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('records.calendar.weekStart')}</Menu.Label>
            {([0, 1] as const).map((start) => (
              <Menu.Item
                key={start}
                rightSection={weekStart === start ? '✓' : undefined}
                onClick={() => onWeekStart(start)}
              >
                {start === 0 ? t('records.calendar.sunday') : t('records.calendar.monday')}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
