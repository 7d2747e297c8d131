import type { Entry, Place } from './calendarModel';
import type { EntryActions } from './EntryChip';

/** What a laid-out period is given. */
export interface GridProps {
  label: string;
  days: string[];
  /** "2026-11"; days of others are of the months around it. Absent: no month is meant. */
  month: string | undefined;
  today: string;
  /** The day that Tab reaches; the arrows go to the others. */
  active: string;
  holidays: ReadonlyMap<string, string>;
  entries: ReadonlyMap<string, Entry[]>;
  /** From this day on not everything is read. */
  cut: string | undefined;
  actions: EntryActions;
  onDay: (day: string) => void;
  onCreate?: (place: Place) => void;
  onMove: (entry: Entry, place: Place) => void;
}
