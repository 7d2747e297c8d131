import { IconMapPin, IconNote, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { draftOf, dropDraft, keepDraft } from '@/api';
import type { KeptCustomer, KeptEntry } from '@/api/kept';
import { enqueue, newWaitingId } from '@/api/queue';
import { type EntryDraft, emptyDraft, isDraftEmpty, readDraft } from '@/crm/entryKinds';
import { Button, notifyDone, notifyError, Text, Textarea, TextInput, useTexts } from '@/ui';
import classes from './offline.module.css';

const icons = { call: IconPhone, visit: IconMapPin, note: IconNote };

interface OfflineEntryProps {
  user: string;
  customer: KeptCustomer;
  /** What it was, when that is known: a call after calling. */
  kind?: string;
}

interface Begun {
  place: string;
  kind?: string;
  draft: EntryDraft;
}

/** What is half typed is the same draft as on the customer's page, unless that is of a kind which cannot be written here (an order):
 *  then it stays as it is, and what is typed here has a place of its own. */
function begun(user: string, { object, id, entries }: KeptCustomer): Begun {
  const own = `offline.${object}.${id}`;
  const mine = readDraft(draftOf(user, own));
  if (mine) return { place: own, ...mine };
  const shared = `entry.${object}.${id}`;
  const other = readDraft(draftOf(user, shared));
  if (!other) return { place: shared, draft: emptyDraft };
  if (!entries.some(({ kind }) => kind === other.kind)) return { place: own, draft: emptyDraft };
  return { place: shared, ...other };
}

/** Writes down what happened, to be sent when there is a line. */
export function OfflineEntry({ user, customer, kind }: OfflineEntryProps) {
  const { t } = useTexts();
  const [before, setBefore] = useState(() => begun(user, customer));
  const { place } = before;
  const [chosen, setChosen] = useState(kind ?? before.kind);
  const [text, setText] = useState(before.draft.text);
  const [nextText, setNextText] = useState(before.draft.nextText);
  const [nextDate, setNextDate] = useState(before.draft.nextDate ?? '');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(kind);
  if (kind !== asked) {
    setAsked(kind);
    if (kind) setChosen(kind);
  }
  const entry: KeptEntry | undefined =
    customer.entries.find((each) => each.kind === chosen) ?? customer.entries[0];
  if (!entry) return null;
  const keepTyped = (part: { text?: string; nextText?: string; nextDate?: string }) => {
    const now = { text, nextText, nextDate, ...part };
    const draft = { ...before.draft, ...now, nextDate: now.nextDate || null };
    if (isDraftEmpty(draft)) dropDraft(user, place);
    else keepDraft(user, place, { kind: entry.kind, draft });
  };
  const save = async () => {
    setBusy(true);
    const at = new Date().toISOString();
    try {
      await enqueue(user, {
        id: newWaitingId(),
        at,
        about: customer.title,
        text: [t(`crm.entry.${entry.kind}`), text.trim(), nextText.trim()].filter(Boolean).join(' '),
        plural: entry.plural,
        write: {
          do: 'create',
          values: {
            ...entry.values,
            [entry.text]: text.trim(),
            // When it is sent is not when it happened.
            ...(entry.at ? { [entry.at]: at } : {}),
            ...(entry.nextText && nextText.trim() ? { [entry.nextText]: nextText.trim() } : {}),
            ...(entry.nextDate && nextDate ? { [entry.nextDate]: nextDate } : {}),
          },
        },
      });
      setText('');
      setNextText('');
      setNextDate('');
      dropDraft(user, place);
      setBefore(begun(user, customer));
      notifyDone(t('app.offline.queued'));
    } catch (error) {
      notifyError(error);
    }
    setBusy(false);
  };
  return (
    <section className={classes.entry} aria-label={t('crm.entry.label')}>
      <div className={classes.kinds} role="radiogroup" aria-label={t('crm.entry.kind')}>
        {customer.entries.map((each) => {
          const Icon = icons[each.kind];
          return (
            // biome-ignore lint/a11y/useSemanticElements: buttons that look and act as one row of choices
            <button
              key={each.kind}
              type="button"
              role="radio"
              aria-checked={each.kind === entry.kind}
              className={classes.kind}
              onClick={() => setChosen(each.kind)}
            >
              <Icon size={17} aria-hidden />
              {t(`crm.entry.${each.kind}`)}
            </button>
          );
        })}
      </div>
      <Textarea
        autosize
        minRows={3}
        aria-label={t('crm.entry.text')}
        placeholder={t(`crm.entry.hint.${entry.kind}`)}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          keepTyped({ text: event.currentTarget.value });
        }}
      />
      <Text c="dimmed" size="xs">
        {t('crm.entry.speak')}
      </Text>
      {entry.nextText && (
        <TextInput
          label={t('app.offline.nextText')}
          value={nextText}
          onChange={(event) => {
            setNextText(event.currentTarget.value);
            keepTyped({ nextText: event.currentTarget.value });
          }}
        />
      )}
      {entry.nextDate && (
        <TextInput
          type="date"
          label={t('app.offline.nextDate')}
          value={nextDate}
          onChange={(event) => {
            setNextDate(event.currentTarget.value);
            keepTyped({ nextDate: event.currentTarget.value });
          }}
        />
      )}
      <Button size="md" disabled={text.trim() === ''} loading={busy} onClick={() => void save()}>
        {t('app.offline.save')}
      </Button>
    </section>
  );
}
