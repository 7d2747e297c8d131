import { addDays } from '@/ui';

function nextMonday(from: string): string {
  const day = new Date(`${from}T12:00:00`).getDay();
  return addDays(from, (8 - day) % 7 || 7);
}

/** Days to put something off to: the key of the text, and the day. */
export function dayChoices(from: string): [string, string][] {
  return [
    ['app.tomorrow', addDays(from, 1)],
    ['app.nextMonday', nextMonday(from)],
    ['app.inOneWeek', addDays(from, 7)],
    ['app.inOneMonth', addDays(from, 30)],
  ];
}
