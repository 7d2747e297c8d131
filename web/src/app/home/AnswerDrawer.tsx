import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isApiError, type ObjectMeta, type RecordData, usePatchRecord, useRecord } from '@/api';
import {
  Button,
  Drawer,
  ErrorState,
  errorText,
  Group,
  isComposing,
  Kbd,
  Loading,
  notifyUndo,
  Stack,
  Text,
  Textarea,
  useTexts,
} from '@/ui';
import type { AnswerAction } from './HomeDialogs';

/** What the customer asked, and the answer that was given. The server notes when. */
export function AnswerDrawer({
  object,
  record,
  action,
  onClose,
  onDone,
}: {
  object: ObjectMeta;
  record: RecordData;
  action: AnswerAction;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t, label } = useTexts();
  const [typed, setTyped] = useState('');
  const whole = useRecord(object, record.id);
  const patch = usePatchRecord(object);
  const asked = object.fields.find((field) => field.key === 'content');
  const answer = object.fields.find((field) => field.key === action.text);
  const text = typed.trim();

  const save = (solved: boolean) => {
    if (text === '' || patch.isPending || !whole.data) return;
    patch.mutate(
      {
        id: record.id,
        version: whole.data.version,
        values: { [action.text]: text, ...(solved ? { [action.status]: action.solved } : {}) },
      },
      {
        onSuccess: (written) => {
          const said = solved ? 'app.work.closed' : 'app.work.answered';
          notifyUndo(t(said, { title: record.title }), written.change);
          onDone();
        },
      },
    );
  };
  const wrong = patch.error
    ? (isApiError(patch.error) && patch.error.byField[action.text]) || errorText(patch.error)
    : undefined;

  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      position="right"
      title={record.title}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {whole.isPending ? (
        <Loading rows={5} />
      ) : whole.error ? (
        <ErrorState compact error={whole.error} onRetry={() => void whole.refetch()} />
      ) : (
        <Stack gap="sm">
          {asked && typeof whole.data[asked.key] === 'string' && (
            <div>
              <Text fw={600} size="sm">
                {label(asked.label)}
              </Text>
              <Text style={{ whiteSpace: 'pre-line' }}>{String(whole.data[asked.key])}</Text>
            </div>
          )}
          <Textarea
            data-autofocus
            label={label(answer?.label)}
            description={t('app.work.answerHelp')}
            autosize
            minRows={5}
            maxRows={16}
            value={typed}
            error={wrong}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)) {
                event.preventDefault();
                save(true);
              }
            }}
          />
          <Group justify="space-between">
            <Button
              variant="subtle"
              renderRoot={(props) => (
                <Link to="/o/$plural/$id" params={{ plural: object.plural, id: record.id }} {...props} />
              )}
            >
              {t('app.work.page')}
            </Button>
            <Group gap="xs">
              <Button
                variant="default"
                disabled={text === ''}
                loading={patch.isPending}
                onClick={() => save(false)}
              >
                {t('app.work.answerOnly')}
              </Button>
              <Button
                disabled={text === ''}
                loading={patch.isPending}
                onClick={() => save(true)}
                rightSection={<Kbd keys="mod+Enter" />}
              >
                {t('app.work.answerClose')}
              </Button>
            </Group>
          </Group>
        </Stack>
      )}
    </Drawer>
  );
}
