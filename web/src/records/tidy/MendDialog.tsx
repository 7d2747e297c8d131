import { useId, useMemo, useRef, useState } from 'react';
import {
  type FieldMeta,
  type FieldValue,
  type ObjectMeta,
  type TidyDone,
  useTidyMend,
  useTidyPreview,
} from '@/api';
import { kindOf } from '@/fields';
import {
  addDays,
  Button,
  ErrorState,
  formatNumber,
  Group,
  Loading,
  Modal,
  notifyError,
  notifyUndo,
  Progress,
  Stack,
  Text,
  today,
  useMediaQuery,
  useTexts,
  useUnsaved,
} from '@/ui';
import { Skipped } from '../Skipped';
import { Changes } from './Changes';
import { bodyOf, type Mend, type Target } from './mends';
import { useSummary } from './useSummary';

const kInAWeek = 7;

interface MendDialogProps {
  object: ObjectMeta;
  check: string;
  mend: Mend;
  target: Target;
  /** What the mend asks for or offers to choose. */
  field?: FieldMeta;
  onDone: () => void;
  onClose: () => void;
}

/** Before a mend: what it asks, what changes from what to what, and what is left out. Then it runs, and can be taken back. */
export function MendDialog(props: MendDialogProps) {
  const { t } = useTexts();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={props.onClose}
      fullScreen={phone}
      size="lg"
      title={t(`records.tidy.mend.${props.mend.key}.name`)}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <MendForm {...props} />
    </Modal>
  );
}

function MendForm({ object, check, mend, target, field, onDone, onClose }: MendDialogProps) {
  const { t, label } = useTexts();
  const id = useId();
  const [value, setValue] = useState<FieldValue>(mend.asks === 'day' ? addDays(today(), kInAWeek) : null);
  const [so, setSo] = useState<TidyDone>();
  const stop = useRef(false);
  const body = useMemo(() => bodyOf(object.key, mend, target, value), [object.key, mend, target, value]);
  const preview = useTidyPreview(object.key, check, body);
  const run = useTidyMend(check);
  const tell = useSummary(mend);
  useUnsaved(run.isPending);
  const count = preview.data?.count ?? 0;
  const many = `${formatNumber(count)}${preview.data?.more ? '+' : ''}`;
  const Input = field && kindOf(field.kind).Input;

  const start = async () => {
    if (!body) return;
    let last: TidyDone | undefined;
    stop.current = false;
    // Awaited: the list may take this dialog away before the answer, and the way back must be told.
    try {
      const done = await run.mutateAsync({
        body,
        onRound: (now) => {
          last = now;
          setSo(now);
          return !stop.current;
        },
      });
      notifyUndo(tell(done), done.change ?? undefined);
      onDone();
    } catch (error) {
      notifyError(error);
      // What was done before it failed can be taken back all the same.
      if (last?.change) notifyUndo(tell(last), last.change);
    }
  };

  return (
    <Stack>
      <Text c="dimmed">{t(`records.tidy.mend.${mend.key}.help`)}</Text>
      {Input && !run.isPending && (
        <Input
          id={id}
          field={field}
          object={object}
          value={value}
          onChange={setValue}
          label={t(`records.tidy.ask.${mend.key}`, { name: label(field.label) })}
          required={!!mend.asks}
          autoFocus={!!mend.asks}
        />
      )}
      {body && preview.error && (
        <ErrorState compact error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {body && preview.isPending && <Loading rows={4} />}
      {body && preview.data && !run.isPending && (
        <>
          <Changes object={object} preview={preview.data} />
          <Skipped
            title={t('records.tidy.skips', { count: formatNumber(preview.data.skipped.length) })}
            skipped={preview.data.skipped}
          />
        </>
      )}
      {run.isPending && (
        <Stack gap={6} role="status">
          <Text>{t('records.tidy.soFar', { done: formatNumber(so?.done ?? 0), all: many })}</Text>
          <Progress
            value={count === 0 ? 0 : Math.min(100, ((so?.done ?? 0) / count) * 100)}
            aria-label={t('records.tidy.running')}
          />
        </Stack>
      )}
      <Group justify="flex-end">
        {run.isPending ? (
          <Button
            variant="default"
            onClick={() => {
              stop.current = true;
            }}
          >
            {t('records.queue.all.stop')}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button
              color={mend.danger ? 'red' : undefined}
              disabled={!body || preview.isFetching || count === 0}
              onClick={() => void start()}
              data-autofocus={!mend.asks || undefined}
            >
              {preview.data
                ? t(`records.tidy.mend.${mend.key}.run`, { count: many })
                : t(`records.tidy.mend.${mend.key}.name`)}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
}
