import { useState } from 'react';
import { useHolidays } from '@/api';
import { DatePicker } from '@/ui/dates';
import { dayMark } from '@/ui/holidays';
import classes from './DayCalendar.module.css';

interface DayCalendarProps {
  value: string;
  onChange: (value: string) => void;
}

/** A month to choose a day from, with Sundays and national holidays marked and named. Loaded when it is opened. */
export function DayCalendar({ value, onChange }: DayCalendarProps) {
  const [shown, setShown] = useState(value || undefined);
  const year = Number((shown ?? new Date().toISOString()).slice(0, 4));
  const holidays = useHolidays(year).data ?? new Map<string, string>();
  return (
    <DatePicker
      value={value || null}
      defaultDate={value || undefined}
      onDateChange={setShown}
      onChange={(day) => day && onChange(day)}
      getDayProps={(day) => ({
        title: holidays.get(day),
        'aria-label': holidays.get(day) ? `${day} ${holidays.get(day)}` : undefined,
        className: classes.day,
        'data-mark': dayMark(day, holidays),
      })}
    />
  );
}
