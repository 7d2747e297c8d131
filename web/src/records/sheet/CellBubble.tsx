import { kindOf } from '@/fields';
import { Button, Group, Text, useFormat, useTexts } from '@/ui';
import type { CellEdit } from './sheetEdits';
import type { SheetEdits } from './useSheetEdits';

interface CellBubbleProps {
  id: string;
  edit: CellEdit;
  edits: SheetEdits;
}

/** Why a cell did not go in, and what can be done: beside the cell itself. */
export function CellBubble({ id, edit, edits }: CellBubbleProps) {
  const { t, language } = useTexts();
  const format = useFormat();
  const cell = { id, field: edit.field.key };
  if (!edit.conflict) {
    return (
      <>
        <Text size="sm" role="alert">
          {edit.message}
        </Text>
        <Group gap="xs" mt={6}>
          <Button size="compact-sm" variant="default" onClick={() => edits.drop([cell])}>
            {t('records.sheet.forget')}
          </Button>
        </Group>
      </>
    );
  }
  const { text } = kindOf(edit.field.kind);
  const { by, at, theirs } = edit.conflict;
  const who = by?.title ?? t('records.conflict.someone');
  return (
    <>
      <Text size="sm" fw={600} role="alert">
        {t('records.conflict.title', { who })}
      </Text>
      {at && (
        <Text size="xs" c="dimmed">
          {format.relative(at)}
        </Text>
      )}
      <Text size="sm">
        {t('records.conflict.theirs')}: <b>{text(theirs, edit.field, language) || t('ui.none')}</b>
      </Text>
      <Text size="sm">
        {t('records.conflict.yours')}:{' '}
        <b>{text(edit.value, edit.field, language) || edit.text || t('ui.none')}</b>
      </Text>
      <Group gap="xs" mt={6}>
        <Button size="compact-sm" onClick={() => edits.insist([cell])}>
          {t('records.conflict.useMine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => edits.drop([cell])}>
          {t('records.conflict.useTheirs', { who })}
        </Button>
      </Group>
    </>
  );
}
