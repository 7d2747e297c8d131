import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, api, isApiError, keys, type RecordWritten, warningsOf } from '@/api';
import { notifyDone, notifyError, notifyUndo, useFormat, useTexts } from '@/ui';
import { type Entry, type Going, isTimed, type Place, timeText, valueAt } from './calendarModel';

/** Moves entries to another day or time: shown at once, saved with the version that was seen, back where they were when it
 *  is refused. */
export function useEntryMoves(announce: (text: string) => void) {
  const { t } = useTexts();
  const format = useFormat();
  const cache = useQueryClient();
  const [going, setGoing] = useState<ReadonlyMap<string, Going>>(new Map());

  const whenText = (entry: Entry, place: Place) => {
    const minute = isTimed(entry.source.field) ? (place.minute ?? entry.minute) : undefined;
    return `${format.date(place.day, 'day')}${minute === undefined ? '' : ` ${timeText(minute)}`}`;
  };
  const end = (id: string) =>
    setGoing((now) => {
      const rest = new Map(now);
      rest.delete(id);
      return rest;
    });

  const save = async (entry: Entry, place: Place): Promise<void> => {
    const { record, source } = entry;
    const { object, field } = source;
    const title = entry.title || t('records.untitled');
    const reload = () => cache.invalidateQueries({ queryKey: keys.object(object.key) });
    try {
      const written = await api.patch<RecordWritten>(`/${object.plural}/${record.id}`, {
        version: record.version,
        [field.key]: valueAt(field, place, entry),
      });
      const done = t('records.calendar.moved', { title, when: whenText(entry, place) });
      announce(done);
      notifyUndo(done, written.change);
      warningsOf(written).forEach(notifyDone);
      await reload().catch(() => undefined);
    } catch (error) {
      announce(t('records.calendar.back', { title }));
      if (isApiError(error, 'conflict')) {
        const who = error.conflicts[0]?.by?.title ?? t('records.conflict.someone');
        notifyError(
          new ApiError(409, { code: 'conflict', title: t('records.calendar.conflict', { who, title }) }),
        );
      } else {
        notifyError(error);
      }
      if (isApiError(error, 'conflict') || isApiError(error, 'not_found')) void reload();
    } finally {
      end(entry.id);
    }
  };

  const move = (entry: Entry, place: Place): boolean => {
    // What is on its way has no version yet to move it further with.
    if (!entry.movable || going.has(entry.id)) return false;
    const minute = isTimed(entry.source.field) ? (place.minute ?? entry.minute) : undefined;
    if (place.day === entry.day && minute === entry.minute) return false;
    const to = { day: place.day, minute };
    setGoing((now) => new Map(now).set(entry.id, { ...to, entry }));
    void save(entry, to);
    return true;
  };
  return { going, move };
}
