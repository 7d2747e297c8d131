import { IconMessage2 } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type Feedback,
  type FeedbackKind,
  type FeedbackState,
  feedbackKinds,
  feedbackStates,
  useAnswerFeedback,
  useFeedback,
} from '@/api/feedback';
import {
  Button,
  EmptyState,
  ErrorState,
  Group,
  Loading,
  notifyError,
  notifyUndo,
  PageHeader,
  Panel,
  Select,
  Textarea,
  useTexts,
  useUnsaved,
} from '@/ui';
import { ManagersOnly } from '../settings/ManagersOnly';
import { Head, Letter } from './FeedbackParts';
import classes from './usage.module.css';

/** ご意見箱 for those who administer. */
export function FeedbackPage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.feedback')} />
      <Inbox />
    </ManagersOnly>
  );
}

function Inbox() {
  const { t } = useTexts();
  const [state, setState] = useState<FeedbackState | ''>('');
  const [kind, setKind] = useState<FeedbackKind | ''>('');
  const found = useFeedback(state, kind);
  // Answers that are being written, by what they answer: they outlive a filter that leaves it out.
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());
  useUnsaved(drafts.size > 0);
  const onDraft = (id: string, next: (now: string | undefined) => string | undefined) =>
    setDrafts((all) => {
      const text = next(all.get(id));
      const rest = new Map(all);
      if (text === undefined) rest.delete(id);
      else rest.set(id, text);
      return rest;
    });
  if (found.isPending && !found.data) return <Loading rows={6} />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const counts = found.data.pages[0]?.counts;
  const total = counts ? feedbackStates.reduce((sum, each) => sum + counts[each], 0) : 0;
  const items = found.data.pages.flatMap((page) => page.items);
  if (total === 0)
    return (
      <Panel>
        <EmptyState icon={<IconMessage2 size={28} stroke={1.5} />} title={t('app.usage.feedback.empty')}>
          {t('app.usage.feedback.emptyHelp')}
        </EmptyState>
      </Panel>
    );
  return (
    <>
      <Group gap="sm" mb="sm">
        <Group gap={6} role="group" aria-label={t('app.usage.feedback.stateLabel')}>
          {(['', ...feedbackStates] as const).map((each) => (
            <Button
              key={each}
              size="compact-sm"
              variant={state === each ? 'filled' : 'default'}
              aria-pressed={state === each}
              onClick={() => setState(each)}
            >
              {t('app.usage.feedback.count', {
                state: each === '' ? t('app.usage.feedback.stateAll') : t(`app.usage.feedback.state.${each}`),
                count: each === '' ? total : (counts?.[each] ?? 0),
              })}
            </Button>
          ))}
        </Group>
        <Select
          size="xs"
          w={160}
          clearable
          aria-label={t('app.usage.feedback.kindLabel')}
          placeholder={t('app.usage.feedback.kindAll')}
          value={kind === '' ? null : kind}
          data={feedbackKinds.map((each) => ({ value: each, label: t(`app.usage.feedback.kind.${each}`) }))}
          onChange={(each) => setKind(each ?? '')}
        />
      </Group>
      <Panel flush>
        {items.length === 0 && <p className={classes.quiet}>{t('app.usage.feedback.none')}</p>}
        {items.map((item) => (
          <Item
            key={item.id}
            item={item}
            draft={drafts.get(item.id)}
            onDraft={(next) => onDraft(item.id, next)}
          />
        ))}
        {found.hasNextPage && (
          <Button
            m="sm"
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('app.usage.feedback.more')}
          </Button>
        )}
      </Panel>
    </>
  );
}

interface ItemProps {
  item: Feedback;
  /** What is typed as its answer; none: as it stands. */
  draft: string | undefined;
  onDraft: (next: (now: string | undefined) => string | undefined) => void;
}

function Item({ item, draft, onDraft }: ItemProps) {
  const { t } = useTexts();
  const answer = useAnswerFeedback();
  const text = draft ?? item.answer;
  const changed = text.trim() !== item.answer;
  const short = item.text.slice(0, 20);
  // A typed answer goes with the state: with that one the letter may leave the list.
  const set = (change: { state?: FeedbackState }, done: string) =>
    void answer
      .mutateAsync({
        id: item.id,
        version: item.version,
        ...change,
        ...(changed ? { answer: text.trim() } : {}),
      })
      .then((written) => {
        // Unless one has typed on since.
        onDraft((now) => (now === draft ? undefined : now));
        notifyUndo(done, written.change);
      })
      .catch(notifyError);
  return (
    <article className={classes.letter}>
      <Head item={item}>
        <Select
          size="xs"
          w={120}
          allowDeselect={false}
          aria-label={t('app.usage.feedback.stateOf', { text: short })}
          value={item.state}
          disabled={answer.isPending}
          data={feedbackStates.map((each) => ({ value: each, label: t(`app.usage.feedback.state.${each}`) }))}
          onChange={(state) =>
            state &&
            set(
              { state },
              t('app.usage.feedback.stateSet', { state: t(`app.usage.feedback.state.${state}`) }),
            )
          }
        />
      </Head>
      <Letter item={item} />
      <Textarea
        autosize
        minRows={1}
        maxRows={10}
        maxLength={4000}
        aria-label={t('app.usage.feedback.answerFor', { text: short })}
        placeholder={t('app.usage.feedback.answer')}
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onDraft(() => (value === item.answer ? undefined : value));
        }}
        onBlur={() => !changed && onDraft(() => undefined)}
      />
      {changed && (
        <Group justify="flex-end">
          <Button
            size="compact-sm"
            loading={answer.isPending}
            onClick={() => set({}, t('app.usage.feedback.answered'))}
          >
            {t('app.usage.feedback.save')}
          </Button>
        </Group>
      )}
    </article>
  );
}
