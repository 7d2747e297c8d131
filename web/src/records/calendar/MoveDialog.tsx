import { useState } from 'react';
import { addDays, Button, Group, Modal, Stack, Text, TextInput, today, useFormat, useTexts } from '@/ui';
import { DateInput } from '@/ui/dates';
import { type Entry, isTimed, type Place } from './calendarModel';
import { weekOf } from './period';

interface MoveDialogProps {
  entry: Entry;
  onMove: (place: Place) => void;
  onClose: () => void;
}

/** Where an entry may go, without dragging: usual days by one press, any other by its date. */
export function MoveDialog({ entry, onMove, onClose }: MoveDialogProps) {
  const { t } = useTexts();
  const format = useFormat();
  const timed = isTimed(entry.source.field);
  const [day, setDay] = useState<string | null>(entry.day);
  const [time, setTime] = useState(entry.minute === undefined ? '' : clock(entry.minute));
  const now = today();
  const usual = [
    { key: 'today', text: t('records.calendar.today'), day: now },
    { key: 'tomorrow', text: t('records.calendar.tomorrow'), day: addDays(now, 1) },
    { key: 'monday', text: t('records.calendar.nextMonday'), day: addDays(weekOf(now, 1), 7) },
    { key: 'week', text: t('records.calendar.weekLater'), day: addDays(entry.day, 7) },
  ].filter((each) => each.day !== entry.day);
  const minute = minuteOf(time);
  const submit = (on: string | null) => {
    if (on) onMove(timed ? { day: on, minute } : { day: on });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('records.board.moveCard', { title: entry.title || t('records.untitled') })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(day);
        }}
      >
        <Stack gap="sm">
          <Group gap={6}>
            {usual.map((each, at) => (
              <Button
                key={each.key}
                variant="default"
                size="compact-sm"
                data-autofocus={at === 0 || undefined}
                onClick={() => submit(each.day)}
              >
                {each.text}
                <Text span c="dimmed" size="xs" ml={6}>
                  {format.date(each.day, 'day')}
                </Text>
              </Button>
            ))}
          </Group>
          <Group gap="sm" align="flex-end" grow>
            <DateInput
              label={t('records.calendar.day')}
              value={day}
              onChange={setDay}
              clearable={false}
              previousLabel={t('records.calendar.lastMonth')}
              nextLabel={t('records.calendar.nextMonth')}
            />
            {timed && (
              <TextInput
                type="time"
                label={t('records.calendar.time')}
                value={time}
                onChange={(event) => setTime(event.currentTarget.value)}
              />
            )}
          </Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={!day || (timed && minute === undefined)}>
              {t('records.board.move')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function minuteOf(time: string): number | undefined {
  const found = /^(\d{2}):(\d{2})/.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : undefined;
}
