import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  draftOf,
  dropDraft,
  type FieldValue,
  isApiError,
  keepDraft,
  keys,
  type ObjectMeta,
  useBrief,
  useCreateRecord,
  useObjects,
  useSession,
} from '@/api';
import { enqueue, newWaitingId } from '@/api/queue';
import { kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { useFormCount } from '@/records/useFormCount';
import {
  addDays,
  Button,
  errorText,
  isComposing,
  Kbd,
  NamedIcon,
  notifyDone,
  notifyUndo,
  parseDate,
  Text,
  today,
  useTexts,
} from '@/ui';
import classes from './crm.module.css';
import {
  type EntryDraft,
  type EntryKind,
  emptyDraft,
  entryValues,
  isDraftEmpty,
  linesObject,
  possibleKinds,
  readDraft,
} from './entryKinds';
import { LastContact } from './LastContact';
import { LineEditor } from './LineEditor';
import { OtherSide } from './OtherSide';
import { isLineEmpty, type LineDraft, lineErrors, linesWithoutQuantity, lineValues } from './orderLines';
import { TokenTextarea } from './TokenTextarea';

/** Writes down what just happened with a customer: choose what it was, type, Ctrl+Enter. */
export function QuickEntry(props: RecordSlotProps & { onSaved?: () => void; kind?: string }) {
  const user = useSession().data?.user.id;
  if (!user) return null;
  const place = `entry.${props.object.key}.${props.record.id}`;
  return <Entry key={`${user}.${place}`} {...props} user={user} place={place} />;
}

/** Where what is half typed is kept. */
interface Kept {
  user: string;
  place: string;
}

function Entry({
  object,
  record,
  onSaved,
  kind: asked,
  user,
  place,
}: RecordSlotProps & Kept & { onSaved?: () => void; kind?: string }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const kinds = useMemo(() => possibleKinds(objects, object), [objects, object]);
  const [kept] = useState(() => readDraft(draftOf(user, place)));
  const [chosen, setChosen] = useState<string | undefined>(asked ?? kept?.kind ?? kinds[0]?.key);
  const brief = useBrief(object, record.id);
  const kind = kinds.find((each) => each.key === chosen) ?? kinds[0];
  const target = objects.find((each) => each.key === kind?.object);
  if (!kind || !target) return null;
  return (
    // Alt and a digit choose the kind from any box inside.
    <section
      className={onSaved ? classes.entryPlain : classes.entry}
      aria-label={t('crm.entry.label')}
      onKeyDown={(event) => {
        const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code);
        const wanted = digit && kinds[Number(digit[1]) - 1];
        if (!wanted || isComposing(event)) return;
        event.preventDefault();
        setChosen(wanted.key);
      }}
    >
      <div className={classes.kinds} role="radiogroup" aria-label={t('crm.entry.kind')}>
        {kinds.map((each, at) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons that look and act as one row of choices
          <button
            key={each.key}
            type="button"
            role="radio"
            aria-checked={each.key === kind.key}
            className={classes.kind}
            aria-keyshortcuts={at < 9 ? `Alt+${at + 1}` : undefined}
            title={at < 9 ? `Alt+${at + 1}` : undefined}
            onClick={() => setChosen(each.key)}
          >
            <NamedIcon name={each.icon} size={15} />
            {nameOf(each, label(objects.find((one) => one.key === each.object)?.label), t)}
          </button>
        ))}
      </div>
      {brief.data && (
        <div className={classes.entryLast}>
          <span className={classes.briefQuiet}>{t('crm.brief.last')}</span>
          <LastContact object={object} record={record} brief={brief.data} short />
        </div>
      )}
      <EntryForm
        kind={kind}
        target={target}
        object={object}
        record={record}
        user={user}
        place={place}
        kept={kept?.draft}
        onSaved={onSaved}
      />
    </section>
  );
}

interface EntryFormProps extends RecordSlotProps, Kept {
  kind: EntryKind;
  target: ObjectMeta;
  kept?: EntryDraft;
  onSaved?: () => void;
}

function EntryForm({ kind, target, object, record, user, place, kept, onSaved }: EntryFormProps) {
  const { t, label } = useTexts();
  const id = useId();
  const cache = useQueryClient();
  const create = useCreateRecord(target);
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<EntryDraft>(kept ?? emptyDraft);
  useKept(user, place, kind, draft);
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
  const counted = useFormCount(target.key, { standing: true });
  const fieldKeys: Partial<Record<keyof EntryDraft, string>> = {
    text: kind.text,
    nextText: kind.nextText,
    nextDate: kind.nextDate,
  };
  const set = (part: Partial<EntryDraft>) => {
    const [changed] = Object.keys(part) as (keyof EntryDraft)[];
    counted.touched((changed && fieldKeys[changed]) ?? '');
    setDraft((now) => ({ ...now, ...part }));
  };
  const setMore = (key: string, value: FieldValue) => {
    counted.touched(key);
    setDraft((now) => ({ ...now, more: { ...now.more, [key]: value } }));
  };

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
    const parts = lineObject && rows.length > 0 ? { [lineObject.plural]: rows } : undefined;
    const at = new Date().toISOString();
    const key = newWaitingId();
    const finished = () => {
      counted.saved();
      setDraft(emptyDraft);
      dropDraft(user, place);
      setRound((now) => now + 1);
      setUsed(false);
      setTried(false);
      box.current?.focus();
      onSaved?.();
    };
    // No line: it waits on the device under the same key, for nobody knows if it arrived.
    const wait = async () => {
      await enqueue(user, {
        id: key,
        at,
        about: record.title,
        text: [nameOf(kind, label(target.label), t), draft.text.trim()].filter(Boolean).join(' '),
        plural: target.plural,
        // When it is sent is not when it happened.
        write: {
          do: 'create',
          values: fieldOf(kind.at) ? { [kind.at ?? '']: at, ...values } : values,
          parts,
        },
      });
      create.reset();
      notifyDone(t('crm.entry.queued'));
      finished();
    };
    // Not by the callbacks of mutate(): on a weak line the box may be closed before the answer comes.
    void create.mutateAsync({ values, parts, idempotencyKey: key }).then(
      (written) => {
        notifyUndo(t('crm.entry.saved', { name: label(target.label) }), written.change);
        void cache.invalidateQueries({ queryKey: keys.timeline(object.key, record.id) });
        // The next action and the last contact of the customer are kept by the server.
        void cache.invalidateQueries({ queryKey: keys.record(object.key, record.id) });
        finished();
      },
      (failed: unknown) => {
        if (isApiError(failed, 'unreachable')) wait().catch(() => undefined);
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
      <TokenTextarea
        box={box}
        autoFocus={onSaved !== undefined}
        id={`${id}-text`}
        label={t('crm.entry.text')}
        placeholder={t(`crm.entry.hint.${kind.key}`)}
        minRows={open ? 3 : 1}
        value={draft.text}
        error={byField[kind.text] ?? byField[kind.name ?? '']}
        people={fieldOf(kind.mentions) !== undefined}
        tagsOf={fieldOf(kind.tags) && target.key}
        onChange={(text) => set({ text })}
        onMention={(person) =>
          setDraft((now) => ({
            ...now,
            people: [...now.people.filter((each) => each.id !== person.id), person],
          }))
        }
      />
      {open && (
        <>
          <Text c="dimmed" size="xs" hiddenFrom="sm" mt={4}>
            {t('crm.entry.speak')}
          </Text>
          <div className={classes.entryLine}>
            {input(
              kind.nextText,
              draft.nextText,
              (value) => set({ nextText: typeof value === 'string' ? value : '' }),
              classes.wide,
            )}
            {fieldOf(kind.nextDate) && (
              <div>
                {input(kind.nextDate, draft.nextDate, (value) =>
                  set({ nextDate: typeof value === 'string' ? value : null }),
                )}
                <NextDays chosen={draft.nextDate} onChoose={(nextDate) => set({ nextDate })} />
              </div>
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

const kNextDays = { tomorrow: '明日', threeDays: '3日後', nextWeek: '来週', nextMonth: '来月' } as const;

/** The usual days of a next step, one touch away; a second touch takes it back. */
function NextDays({ chosen, onChoose }: { chosen: string | null; onChoose: (day: string | null) => void }) {
  const { t } = useTexts();
  return (
    <div className={classes.nextDays}>
      {Object.entries(kNextDays).map(([name, word]) => {
        const day = parseDate(word) ?? addDays(today(), 1);
        const pressed = chosen === day;
        return (
          <button
            key={name}
            type="button"
            className={classes.nextDay}
            aria-pressed={pressed}
            onClick={() => onChoose(pressed ? null : day)}
          >
            {t(`crm.entry.days.${name}`)}
          </button>
        );
      })}
    </div>
  );
}

/** Keeps in the browser what is half typed, until it is saved. */
function useKept(user: string, place: string, kind: EntryKind, draft: EntryDraft) {
  // At every key, not when the typing rests: a browser that is closed or killed gives no second chance.
  useEffect(() => {
    if (draft === emptyDraft) return;
    if (isDraftEmpty(draft)) dropDraft(user, place);
    else keepDraft(user, place, { kind: kind.key, draft });
  }, [user, place, kind, draft]);
}

/** What a kind is called; `object` is the name of what it writes. */
function nameOf(kind: EntryKind, object: string, t: ReturnType<typeof useTexts>['t']): string {
  return kind.object === 'activity' || kind.key === 'complaint' ? t(`crm.entry.${kind.key}`) : object;
}

// What an order is called that has no words of its own: 六角ボルト ほか 2 件.
function itemsText(lines: readonly LineDraft[], t: ReturnType<typeof useTexts>['t']): string {
  const names = lines.filter((line) => !isLineEmpty(line)).map((line) => line.item?.title ?? '');
  const [first = ''] = names;
  return first !== '' && names.length > 1
    ? t('crm.lines.andMore', { name: first, count: names.length - 1 })
    : first;
}
