import { useLocation } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { draftOf, dropDraft, isApiError, keepDraft } from '@/api';
import { type FeedbackKind, feedbackKinds, useSendFeedback } from '@/api/feedback';
import { enqueue, newWaitingId } from '@/api/queue';
import {
  Button,
  Chip,
  CloseButton,
  errorText,
  Group,
  isComposing,
  notifyDone,
  notifyUndo,
  Stack,
  Text,
  Textarea,
  useTexts,
} from '@/ui';
import { browserName } from './browserName';
import classes from './usage.module.css';

const place = 'feedback';
const mostLetters = 4000;

interface Draft {
  kind: FeedbackKind;
  text: string;
}

function keptDraft(user: string): Draft {
  const kept = draftOf(user, place) as Partial<Draft> | null;
  const kind = feedbackKinds.find((each) => each === kept?.kind) ?? 'trouble';
  return { kind, text: typeof kept?.text === 'string' ? kept.text : '' };
}

interface FeedbackFormProps {
  user: string;
  onSent: () => void;
  /** There is no line: it waits on this device. */
  onKept: () => void;
}

export function FeedbackForm({ user, onSent, onKept }: FeedbackFormProps) {
  const { t } = useTexts();
  const id = useId();
  const send = useSendFeedback();
  const [draft, setDraft] = useState(() => keptDraft(user));
  // The path alone: what was searched for stands behind it.
  const path = useLocation({ select: (location) => location.pathname });
  const [page, setPage] = useState(path);
  const [browser, setBrowser] = useState(() =>
    browserName(navigator.userAgent, window.innerWidth, window.innerHeight),
  );
  const [key] = useState(newWaitingId);
  useEffect(() => {
    if (draft.text.trim() === '') dropDraft(user, place);
    else keepDraft(user, place, draft);
  }, [user, draft]);
  const byField = isApiError(send.error) ? send.error.byField : {};

  const submit = async () => {
    if (send.isPending || draft.text.trim() === '') return;
    const body = { ...draft, ...(page ? { page } : {}), ...(browser ? { browser } : {}) };
    try {
      const sent = await send.mutateAsync({ ...body, key });
      dropDraft(user, place);
      notifyUndo(t('app.usage.feedback.sent'), sent.change);
      onSent();
    } catch (error) {
      if (!isApiError(error, 'unreachable')) return;
      const about = t('app.settingsPage.feedback');
      const at = new Date().toISOString();
      const write = { do: 'create' as const, values: body };
      await enqueue(user, { id: key, at, about, text: draft.text, plural: 'feedback', write });
      dropDraft(user, place);
      notifyDone(t('app.usage.feedback.kept'));
      onKept();
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)) {
          event.preventDefault();
          void submit();
        }
      }}
    >
      <Stack gap="sm">
        <Chip.Group
          value={draft.kind}
          onChange={(kind) => setDraft((now) => ({ ...now, kind: kind as FeedbackKind }))}
        >
          <Group gap="xs" role="radiogroup" aria-label={t('app.usage.feedback.kindLabel')}>
            {feedbackKinds.map((kind) => (
              <Chip key={kind} value={kind}>
                {t(`app.usage.feedback.kind.${kind}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Textarea
          data-autofocus
          autosize
          minRows={4}
          maxRows={14}
          maxLength={mostLetters}
          label={t('app.usage.feedback.text')}
          description={t('app.usage.feedback.help')}
          placeholder={t(`app.usage.feedback.placeholder.${draft.kind}`)}
          value={draft.text}
          error={byField.text}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setDraft((now) => ({ ...now, text }));
          }}
        />
        {(page || browser) && (
          <div>
            <Text size="xs" c="dimmed" mb={4} id={`${id}-attached`}>
              {t('app.usage.feedback.attached')}
            </Text>
            <Group gap="xs" role="group" aria-labelledby={`${id}-attached`}>
              {page && (
                <Attached text={t('app.usage.feedback.page', { value: page })} onRemove={() => setPage('')} />
              )}
              {browser && (
                <Attached
                  text={t('app.usage.feedback.browser', { value: browser })}
                  onRemove={() => setBrowser('')}
                />
              )}
            </Group>
          </div>
        )}
        {send.error && !isApiError(send.error, 'unreachable') && !byField.text && (
          <Text c="red" role="alert">
            {errorText(send.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={draft.text.trim() === ''}>
            {t('app.usage.feedback.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Attached({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useTexts();
  return (
    <span className={classes.pill}>
      <span>{text}</span>
      <CloseButton
        size="sm"
        aria-label={t('app.usage.feedback.remove', { value: text })}
        onClick={onRemove}
      />
    </span>
  );
}
