import { useMemo } from 'react';
import type { ListQuery, ObjectMeta, RecordData, Values } from '@/api';
import { today } from '@/ui';
import type { ListState } from '../listState';
import { CalendarView } from './CalendarView';
import { calendarField, type Place, type Source, valueAt } from './calendarModel';

interface ListCalendarProps {
  object: ObjectMeta;
  state: ListState;
  query: ListQuery;
  phone: boolean;
  /** With a step in the browser's history, and without. */
  onChange: (part: Partial<ListState>) => void;
  onAdjust: (part: Partial<ListState>) => void;
  onOpen: (record: RecordData) => void;
  onCreate?: (initial: Values) => void;
}

/** A list as a calendar, by one of its dates. */
export function ListCalendar(props: ListCalendarProps) {
  const { object, state, query, onCreate } = props;
  const field = calendarField(object, state.by);
  const { filter, q } = query;
  const sources = useMemo<Source[]>(
    () => (field ? [{ object, field, filter, q }] : []),
    [object, field, filter, q],
  );
  // A saved address may ask for the calendar of what has no dates (any more).
  if (!field) return null;
  const create = (place: Place) => onCreate?.({ [field.key]: valueAt(field, place) });
  return (
    <CalendarView
      sources={sources}
      span={state.span ?? 'month'}
      day={state.day ?? today()}
      onPeriod={(part) => (part.span ? props.onChange(part) : props.onAdjust(part))}
      phone={props.phone}
      current={state.open}
      onOpen={(entry) => props.onOpen(entry.record)}
      onCreate={onCreate && create}
    />
  );
}
