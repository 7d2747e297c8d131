import { useId, useState } from 'react';
import { type ObjectMeta, useRecord, type Values } from '@/api';
import { kindOf } from '@/fields';
import { Button, Group, isComposing, Modal, Stack, Text, useTexts } from '@/ui';
import type { Needed } from './useMoves';

interface NeedsProps {
  object: ObjectMeta;
  needed: Needed;
  columnName: string;
  saving: boolean;
  onSave: (values: Values) => void;
  onGiveUp: () => void;
}

/** What has to be known before a card may go where it was put: just those fields, saved together with the move. */
export function Needs({ object, needed, columnName, saving, onSave, onGiveUp }: NeedsProps) {
  const { t, label } = useTexts();
  const id = useId();
  // The card holds what the list shows; what is asked for may hold something that is not enough.
  const whole = useRecord(object, needed.move.record.id);
  const record = whole.data ?? needed.move.record;
  const [values, setValues] = useState<Values>({});
  const [touched, setTouched] = useState<{ of: Needed; keys: string[] }>({ of: needed, keys: [] });
  // A message is about what was sent: typing answers it until the server says something again.
  const answered = touched.of === needed ? touched.keys : [];
  return (
    <Modal opened onClose={onGiveUp} title={t('records.board.needsTitle', { column: columnName })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(values);
        }}
        onKeyDown={(event) => {
          if (isComposing(event) || event.key !== 'Enter') return;
          if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            onSave(values);
          } else if ((event.target as HTMLElement).tagName === 'INPUT') {
            // Enter chooses in lists; a half-filled form is not sent by it.
            event.preventDefault();
          }
        }}
      >
        <Stack gap="sm">
          {/* Not the first box: a list of choices would open over the reason and the buttons. */}
          <Text tabIndex={-1} data-autofocus style={{ outline: 'none' }}>
            {t('records.board.needs', { title: record.title || t('records.untitled') })}
          </Text>
          {needed.fields.map((field) => {
            const { Input } = kindOf(field.kind);
            return (
              <Input
                key={field.key}
                id={`${id}-${field.key}`}
                field={field}
                object={object}
                recordId={record.id}
                value={field.key in values ? values[field.key] : record[field.key]}
                onChange={(value) => {
                  setValues((now) => ({ ...now, [field.key]: value }));
                  setTouched({ of: needed, keys: [...answered, field.key] });
                }}
                siblings={{ ...record, ...values }}
                label={label(field.label)}
                error={answered.includes(field.key) ? undefined : needed.errors[field.key]}
              />
            );
          })}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onGiveUp}>
              {t('records.board.giveUp')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('records.board.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
