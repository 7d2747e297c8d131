import { IconArrowLeft, IconArrowMerge, IconCheck } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import {
  type AllDecided,
  type AllDecision,
  type DuplicateSets,
  type Likely,
  type ObjectMeta,
  useDecideAll,
  useDuplicateScan,
  useDuplicateSets,
  useObjects,
} from '@/api';
import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  formatNumber,
  Loading,
  notifyError,
  notifyUndo,
  PageHeader,
  Progress,
  SegmentedControl,
  Select,
  Text,
  useConfirm,
  useTexts,
  useUnsaved,
} from '@/ui';
import { BatchList } from './queue/BatchList';
import classes from './queue/queue.module.css';
import { SetList } from './queue/SetList';
import { Skipped } from './Skipped';

// At least so likely, less than that. The last is for what is hardly the same: to be told apart at once.
const kRanges = [
  { key: '99', percent: 99, below: 100 },
  { key: '95', percent: 95, below: 100 },
  { key: '90', percent: 90, below: 100 },
  { key: '80', percent: 80, below: 100 },
  { key: 'low', percent: 1, below: 50 },
] as const;

// A number stands in an address without quotation marks.
const inAddress = (key: string) => (key === 'low' ? key : Number(key));

/** Deciding on all pairs at once that are as likely: what can be merged without loss, and what needs a look. */
export function DuplicateSetsPage() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { object?: string; likely?: string };
  const all = useObjects();
  const objects = all.filter((object) => object.customer && object.permissions.read);
  const object = objects.find((each) => each.key === search.object) ?? objects[0];
  const range = kRanges.find((each) => each.key === String(search.likely ?? '')) ?? kRanges[0];
  if (all.length === 0) return <Loading rows={12} />;
  if (!object) return <EmptyState page title={t('records.queue.forbidden')} />;
  const go = (to: { object?: string; likely?: string }) =>
    void navigate({
      to: '/duplicates/all',
      search: { object: to.object ?? object.key, likely: inAddress(to.likely ?? range.key) },
      replace: true,
    });
  return (
    <div className={classes.page}>
      <Anchor
        size="sm"
        renderRoot={(props) => <Link {...props} to="/duplicates" search={{ object: object.key }} />}
      >
        <IconArrowLeft size={14} /> {t('records.queue.title')}
      </Anchor>
      <PageHeader title={t('records.queue.all.title')} />
      <Text c="dimmed" mb="md">
        {t('records.queue.all.intro')}
      </Text>
      <div className={classes.bar}>
        <Select
          label={t('records.queue.object')}
          allowDeselect={false}
          value={object.key}
          onChange={(key) => key && go({ object: key })}
          data={objects.map((each) => ({ value: each.key, label: label(each.plural_label) }))}
        />
        <Select
          label={t('records.queue.all.range')}
          allowDeselect={false}
          value={range.key}
          onChange={(key) => key && go({ likely: key })}
          data={kRanges.map(({ key, percent, below }) => ({
            value: key,
            label:
              key === 'low'
                ? t('records.queue.all.under', { percent: below })
                : t('records.queue.all.from', { percent }),
          }))}
        />
      </div>
      <Sets object={object} range={range} key={`${object.key} ${range.key}`} />
      <BatchList object={object} key={object.key} />
    </div>
  );
}

function Sets({ object, range }: { object: ObjectMeta; range: (typeof kRanges)[number] }) {
  const { t } = useTexts();
  const [differing, setDiffering] = useState(false);
  const [state, setState] = useState<'ready' | 'look'>('ready');
  // Cursors of the pages so far, so that one can go back.
  const [pages, setPages] = useState<string[]>(['']);
  const likely: Likely = { percent: range.percent, below: range.below, differing };
  useDuplicateScan(object.key); // Changes are looked through behind us: the sets are read again when that is done.
  const sets = useDuplicateSets(object.key, likely, state, pages.at(-1) ?? '');
  const show = (next: 'ready' | 'look') => {
    setState(next);
    setPages(['']);
  };
  if (sets.error && !sets.data) return <ErrorState error={sets.error} onRetry={() => void sets.refetch()} />;
  if (!sets.data) return <Loading rows={10} />;
  const { ready, look, more, next } = sets.data;
  return (
    <>
      <Checkbox
        mt="md"
        label={t('records.queue.all.differing')}
        description={t('records.queue.all.differingHelp')}
        checked={differing}
        onChange={(event) => {
          setDiffering(event.currentTarget.checked);
          setPages(['']);
        }}
      />
      <Decide
        object={object}
        likely={likely}
        sets={sets.data}
        range={range.key}
        busy={sets.isPlaceholderData}
      />
      {more && (
        <Alert color="blue" my="sm">
          {t('records.queue.all.more')}
        </Alert>
      )}
      <SegmentedControl
        mt="md"
        mb="sm"
        aria-label={t('records.queue.decision')}
        value={state}
        onChange={(to) => show(to as 'ready' | 'look')}
        data={[
          { value: 'ready', label: t('records.queue.all.ready', { count: formatNumber(ready) }) },
          { value: 'look', label: t('records.queue.all.look', { count: formatNumber(look) }) },
        ]}
      />
      {sets.data.items.length === 0 ? (
        <EmptyState
          icon={<IconCheck size={28} stroke={1.5} />}
          title={t(`records.queue.all.none.${state}`)}
        />
      ) : (
        <SetList object={object} sets={sets.data.items} />
      )}
      {(pages.length > 1 || next) && (
        <div className={classes.pager}>
          <Button variant="default" disabled={pages.length < 2} onClick={() => setPages(pages.slice(0, -1))}>
            {t('records.queue.all.previous')}
          </Button>
          <Button variant="default" disabled={!next} onClick={() => next && setPages([...pages, next])}>
            {t('records.queue.all.next')}
          </Button>
        </div>
      )}
    </>
  );
}

interface DecideProps {
  object: ObjectMeta;
  likely: Likely;
  sets: DuplicateSets;
  range: string;
  busy: boolean;
}

function Decide({ object, likely, sets, range, busy }: DecideProps) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const decide = useDecideAll(object.key);
  const [so, setSo] = useState<AllDecided>();
  const stop = useRef(false);
  useUnsaved(decide.isPending);
  const all = sets.ready + sets.look;
  const run = async (decision: AllDecision) => {
    const merging = decision === 'merge';
    const sure = await confirm({
      title: t(merging ? 'records.queue.all.mergeTitle' : 'records.queue.all.differentTitle', {
        count: formatNumber(merging ? sets.ready : all),
      }),
      message: t(merging ? 'records.queue.all.mergeHelp' : 'records.queue.all.differentHelp'),
      confirm: t(merging ? 'records.queue.all.mergeShort' : 'records.queue.different'),
    });
    if (!sure) return;
    stop.current = false;
    setSo(undefined);
    decide.mutate(
      {
        decision,
        likely,
        onRound: (now) => {
          setSo(now);
          return !stop.current;
        },
      },
      {
        onSuccess: (done) => {
          setSo(done);
          const text = merging
            ? t('records.queue.all.merged', {
                sets: formatNumber(done.merged ?? 0),
                records: formatNumber(done.records ?? 0),
              })
            : t('records.queue.all.decided', { count: formatNumber(done.decided ?? 0) });
          notifyUndo(text, done.change ?? undefined);
        },
        onError: notifyError,
      },
    );
  };
  return (
    <section className={classes.all} aria-label={t('records.queue.all.title')}>
      <div className={classes.allText} aria-live="polite">
        <Text fw={600}>
          {t('records.queue.all.count', {
            ready: formatNumber(sets.ready),
            records: formatNumber(sets.records),
          })}
        </Text>
        {sets.look > 0 && (
          <Text size="sm" c="dimmed">
            {t('records.queue.all.lookCount', { count: formatNumber(sets.look) })}
          </Text>
        )}
        {decide.isPending && so && (
          <Text size="sm">{t('records.queue.all.soFar', { count: formatNumber(so.merged ?? 0) })}</Text>
        )}
      </div>
      {decide.isPending && (
        <Progress
          className={classes.progress}
          value={sets.ready === 0 ? 0 : Math.min(100, ((so?.merged ?? 0) / sets.ready) * 100)}
          aria-label={t('records.queue.all.running')}
        />
      )}
      <div className={classes.decide}>
        {decide.isPending ? (
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
            {range !== 'low' && (
              <Button
                leftSection={<IconArrowMerge size={16} />}
                disabled={busy || sets.ready === 0 || !object.permissions.delete}
                onClick={() => void run('merge')}
              >
                {t('records.queue.all.merge', { count: formatNumber(sets.ready) })}
              </Button>
            )}
            <Button variant="default" disabled={busy || all === 0} onClick={() => void run('different')}>
              {t('records.queue.all.different')}
            </Button>
          </>
        )}
      </div>
      <Skipped
        className={classes.progress}
        title={t('records.queue.all.skipped')}
        skipped={so?.skipped ?? []}
      />
    </section>
  );
}
