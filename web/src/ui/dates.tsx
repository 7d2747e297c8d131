import {
  type DateInputProps,
  type DatePickerProps,
  type DateTimePickerProps,
  DateInput as MantineDateInput,
  DatePicker as MantineDatePicker,
  DateTimePicker as MantineDateTimePicker,
  MonthPickerInput as MantineMonthPickerInput,
  type MonthPickerInputProps,
} from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/ja';
import { parseDate } from './format/parseDate';
import { useTexts } from './useTexts';

// Imported as '@/ui/dates', apart from '@/ui', so that the date picker loads only with the screens that have one.

function useCalendar() {
  const { language } = useTexts();
  const ja = language === 'ja';
  return {
    locale: language,
    monthLabelFormat: ja ? 'YYYY年M月' : 'MMMM YYYY',
    yearLabelFormat: ja ? 'YYYY年' : 'YYYY',
    weekendDays: [0 as const],
    firstDayOfWeek: 0 as const,
  };
}

/** A month to choose a day from. */
export function DatePicker(props: DatePickerProps) {
  return <MantineDatePicker {...useCalendar()} {...props} />;
}

/** A date as "2026-04-01", picked or typed in any form that parseDate reads (令和8年4月1日, 4/1, あした). */
export function DateInput(props: DateInputProps) {
  const calendar = useCalendar();
  return (
    <MantineDateInput
      {...calendar}
      valueFormat={calendar.locale === 'ja' ? 'YYYY年M月D日(dd)' : 'MMM D, YYYY'}
      dateParser={(typed) => parseDate(typed) ?? null}
      popoverProps={{ shadow: 'md', withinPortal: true }}
      clearable
      {...props}
    />
  );
}

export function DateTimeInput(props: DateTimePickerProps) {
  return <MantineDateTimePicker {...useCalendar()} valueFormat="YYYY/MM/DD HH:mm" clearable {...props} />;
}

export function MonthInput(props: MonthPickerInputProps) {
  const calendar = useCalendar();
  return (
    <MantineMonthPickerInput
      {...calendar}
      valueFormat={calendar.locale === 'ja' ? 'YYYY年M月' : 'MMMM YYYY'}
      clearable
      {...props}
    />
  );
}
