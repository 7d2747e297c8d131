import { useQueryClient } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState } from 'react';
import { type FieldValue, isApiError, keys, type ObjectMeta, useCreateRecord, useObjects } from '@/api';
import { kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { Button, errorText, isComposing, Kbd, NamedIcon, notifyUndo, Text, Textarea, useTexts } from '@/ui';
import classes from './crm.module.css';
import {
  type EntryDraft,
  type EntryKind,
  emptyDraft,
  entryValues,
  isDraftEmpty,
  possibleKinds,
} from './entryKinds';
import { OtherSide } from './OtherSide';

/** Writes down what just happened with a customer: choose what it was, type, Ctrl+Enter. */
export function QuickEntry({ object, record, onSaved }: RecordSlotProps & { onSaved?: () => void }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const kinds = useMemo(() => possibleKinds(objects, object), [objects, object]);
  const [chosen, setChosen] = useState<string | undefined>(kinds[0]?.key);
  const kind = kinds.find((each) => each.key === chosen) ?? kinds[0];
  const target = objects.find((each) => each.key === kind?.object);
  if (!kind || !target) return null;
  return (
    <section className={onSaved ? classes.entryPlain : classes.entry} aria-label={t('crm.entry.label')}>
      <div className={classes.kinds} role="radiogroup" aria-label={t('crm.entry.kind')}>
        {kinds.map((each) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons that look and act as one row of choices
          <button
            key={each.key}
            type="button"
            role="radio"
            aria-checked={each.key === kind.key}
            className={classes.kind}
            onClick={() => setChosen(each.key)}
          >
            <NamedIcon name={each.icon} size={15} />
            {each.object === 'activity' || each.key === 'complaint'
              ? t(`crm.entry.${each.key}`)
              : label(objects.find((one) => one.key === each.object)?.label)}
          </button>
        ))}
      </div>
      <EntryForm kind={kind} target={target} object={object} record={record} onSaved={onSaved} />
    </section>
  );
}

interface EntryFormProps extends RecordSlotProps {
  kind: EntryKind;
  target: ObjectMeta;
  onSaved?: () => void;
}

function EntryForm({ kind, target, object, record, onSaved }: EntryFormProps) {
  const { t, label } = useTexts();
  const id = useId();
  const cache = useQueryClient();
  const create = useCreateRecord(target);
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<EntryDraft>(emptyDraft);
  // In a drawer of its own there is nothing to fold away.
  const [used, setUsed] = useState(onSaved !== undefined);
  // Boxes that were left start afresh after a save.
  const [round, setRound] = useState(0);
  const error = create.error;
  const byField = isApiError(error) ? error.byField : {};
  const open = used || !isDraftEmpty(draft);
  const fieldOf = (key: string | undefined) =>
    target.fields.find((field) => field.key === key && field.writable !== false);
  const set = (part: Partial<EntryDraft>) => setDraft((now) => ({ ...now, ...part }));
  const setMore = (key: string, value: FieldValue) =>
    setDraft((now) => ({ ...now, more: { ...now.more, [key]: value } }));

  const save = () => {
    if (create.isPending || isDraftEmpty(draft)) return;
    const values = entryValues(kind, target, object, record, draft, { fallback: label(target.label) });
    create.mutate(
      { values },
      {
        onSuccess: (written) => {
          notifyUndo(t('crm.entry.saved', { name: label(target.label) }), written.change);
          void cache.invalidateQueries({ queryKey: keys.timeline(object.key, record.id) });
          // The next action and the last contact of the customer are kept by the server.
          void cache.invalidateQueries({ queryKey: keys.record(object.key, record.id) });
          setDraft(emptyDraft);
          setRound((now) => now + 1);
          setUsed(false);
          box.current?.focus();
          onSaved?.();
        },
      },
    );
  };

  const input = (
    key: string | undefined,
    value: FieldValue,
    onChange: (value: FieldValue) => void,
    className?: string,
  ) => {
    const field = fieldOf(key);
    if (!field) return null;
    const { Input } = kindOf(field.kind);
    return (
      <div className={className}>
        <Input
          key={`${field.key}-${round}`}
          id={`${id}-${field.key}`}
          field={field}
          object={target}
          value={value}
          onChange={onChange}
          label={label(field.label)}
          error={byField[field.key]}
        />
      </div>
    );
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter saves from any box inside
    <div
      onFocus={() => setUsed(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <Textarea
        ref={box}
        data-autofocus={onSaved !== undefined || undefined}
        id={`${id}-text`}
        aria-label={t('crm.entry.text')}
        placeholder={t(`crm.entry.hint.${kind.key}`)}
        autosize
        minRows={open ? 3 : 1}
        maxRows={14}
        value={draft.text}
        error={byField[kind.text] ?? byField[kind.name ?? '']}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {open && (
        <>
          <div className={classes.entryLine}>
            {input(
              kind.nextText,
              draft.nextText,
              (value) => set({ nextText: typeof value === 'string' ? value : '' }),
              classes.wide,
            )}
            {input(kind.nextDate, draft.nextDate, (value) =>
              set({ nextDate: typeof value === 'string' ? value : null }),
            )}
            {input(kind.at, draft.at, (value) => set({ at: typeof value === 'string' ? value : null }))}
            <OtherSide target={target} object={object} record={record} more={draft.more} onChange={setMore} />
          </div>
          {kind.more && (
            <div className={classes.entryLine}>
              {kind.more.map((key) => input(key, draft.more[key], (value) => setMore(key, value)))}
            </div>
          )}
          {error && Object.keys(byField).length === 0 && (
            <Text c="red" role="alert">
              {errorText(error)}
            </Text>
          )}
          <div className={classes.entryFoot}>
            {kind.at && (
              <Text c="dimmed" size="xs">
                {t('crm.entry.now')}
              </Text>
            )}
            <span className={classes.space} />
            <Button
              disabled={isDraftEmpty(draft)}
              loading={create.isPending}
              onClick={save}
              rightSection={<Kbd keys="mod+Enter" />}
            >
              {t('crm.entry.save')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
