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
  linesObject,
  possibleKinds,
} from './entryKinds';
import { LineEditor } from './LineEditor';
import { OtherSide } from './OtherSide';
import { isLineEmpty, type LineDraft, lineErrors, linesWithoutQuantity, lineValues } from './orderLines';

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
  const lineObject = linesObject(kind, target, useObjects());
  const lines = lineObject && kind.lines ? draft.lines : [];
  const [tried, setTried] = useState(false);
  const missing = linesWithoutQuantity(lines);
  const wrongLines = lineErrors(lines, lineObject?.plural ?? '', byField);
  if (tried && kind.lines)
    for (const key of missing) wrongLines.set(key, { [kind.lines.quantity]: t('crm.lines.howMany') });
  const open = used || !isDraftEmpty(draft);
  const fieldOf = (key: string | undefined) =>
    target.fields.find((field) => field.key === key && field.writable !== false);
  const set = (part: Partial<EntryDraft>) => setDraft((now) => ({ ...now, ...part }));
  const setMore = (key: string, value: FieldValue) =>
    setDraft((now) => ({ ...now, more: { ...now.more, [key]: value } }));

  // Lines say the sum; without any it may be written as one number.
  const more = [...(kind.sum && lines.every(isLineEmpty) ? [kind.sum] : []), ...(kind.more ?? [])];
  // What the server refuses must be read even when its box is not on the screen.
  const boxes = [kind.text, kind.name, kind.nextText, kind.nextDate, kind.at, ...more];
  const elsewhere =
    error === null
      ? []
      : Object.keys(byField).length === 0
        ? [errorText(error)]
        : Object.entries(byField)
            .filter(
              ([key]) => !boxes.includes(key) && !(lineObject && key.startsWith(`${lineObject.plural}.`)),
            )
            .map(([key, message]) => {
              const field = target.fields.find((each) => each.key === key);
              return field ? `${label(field.label)}: ${message}` : message;
            });

  const save = () => {
    if (create.isPending || isDraftEmpty(draft)) return;
    setTried(true);
    if (missing.length > 0) return;
    const values = entryValues(kind, target, object, record, draft, {
      fallback: itemsText(lines, t) || label(target.label),
    });
    const rows = lineObject && kind.lines ? lineValues(lines, lineObject, kind.lines) : [];
    create.mutate(
      { values, parts: lineObject && rows.length > 0 ? { [lineObject.plural]: rows } : undefined },
      {
        onSuccess: (written) => {
          notifyUndo(t('crm.entry.saved', { name: label(target.label) }), written.change);
          void cache.invalidateQueries({ queryKey: keys.timeline(object.key, record.id) });
          // The next action and the last contact of the customer are kept by the server.
          void cache.invalidateQueries({ queryKey: keys.record(object.key, record.id) });
          setDraft(emptyDraft);
          setRound((now) => now + 1);
          setUsed(false);
          setTried(false);
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
          {lineObject && kind.lines && (
            <LineEditor
              key={round}
              object={lineObject}
              fields={kind.lines}
              lines={lines}
              errors={wrongLines}
              onChange={(change) => setDraft((now) => ({ ...now, lines: change(now.lines) }))}
            />
          )}
          {more.length > 0 && (
            <div className={classes.entryLine}>
              {more.map((key) => input(key, draft.more[key], (value) => setMore(key, value)))}
            </div>
          )}
          {elsewhere.map((text) => (
            <Text key={text} c="red" role="alert" mt="xs">
              {text}
            </Text>
          ))}
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

// What an order is called that has no words of its own: 六角ボルト ほか 2 件.
function itemsText(lines: readonly LineDraft[], t: ReturnType<typeof useTexts>['t']): string {
  const names = lines.filter((line) => !isLineEmpty(line)).map((line) => line.item?.title ?? '');
  const [first = ''] = names;
  return first !== '' && names.length > 1
    ? t('crm.lines.andMore', { name: first, count: names.length - 1 })
    : first;
}
