import { useState } from 'react';
import type { ObjectMeta } from '@/api';
import { Button, Checkbox, Group, Modal, NativeSelect, Select, Stack, Text, useTexts } from '@/ui';
import { type Grouping, groupFields, groupingOf, type Unit, units } from './grouping';

interface GroupDialogProps {
  object: ObjectMeta;
  grouping: Grouping | undefined;
  onGrouping: (grouping: Grouping | undefined) => void;
  onClose: () => void;
}

/** まとまりごとの小計: which field the rows are put together by. */
export function GroupDialog({ object, grouping, onGrouping, onClose }: GroupDialogProps) {
  const { t, label } = useTexts();
  const fields = groupFields(object);
  const [draft, setDraft] = useState<Grouping | undefined>(
    groupingOf(object, grouping) ? grouping : undefined,
  );
  const chosen = groupingOf(object, draft);
  return (
    <Modal opened onClose={onClose} title={t('records.groups.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onGrouping(chosen && draft);
          onClose();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('records.groups.help')}
          </Text>
          <Select
            data-autofocus
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('records.groups.remove') }}
            label={t('records.groups.field')}
            placeholder={t('records.groups.none')}
            nothingFoundMessage={t('fields.nothing')}
            value={chosen?.field.key ?? null}
            onChange={(key) => setDraft(key ? { ...draft, field: key, unit: undefined } : undefined)}
            data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
          />
          {chosen?.unit && (
            <NativeSelect
              label={t('records.groups.unit')}
              value={chosen.unit}
              onChange={(event) =>
                setDraft({ ...draft, field: chosen.field.key, unit: event.currentTarget.value as Unit })
              }
              data={units.map((unit) => ({ value: unit, label: t(`records.groups.units.${unit}`) }))}
            />
          )}
          <Checkbox
            label={t('records.groups.startFolded')}
            disabled={!chosen}
            checked={draft?.folded ?? false}
            onChange={(event) =>
              chosen &&
              setDraft({
                ...draft,
                field: chosen.field.key,
                folded: event.currentTarget.checked || undefined,
              })
            }
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit">{t('records.groups.apply')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
