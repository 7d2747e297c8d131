import { IconCheck, IconChecks, IconUsersGroup } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  type DuplicatePair,
  type ObjectMeta,
  type PairDecision,
  useDecide,
  useDuplicateScan,
  useObjects,
  usePairs,
} from '@/api';
import {
  Button,
  EmptyState,
  ErrorState,
  Loading,
  notifyError,
  notifyUndo,
  PageHeader,
  SegmentedControl,
  Select,
  Text,
  useTexts,
} from '@/ui';
import { PairCard } from './queue/PairCard';
import classes from './queue/queue.module.css';
import { ScanPanel } from './queue/ScanPanel';

const kDecisions: PairDecision[] = ['open', 'later', 'different'];

/** Records that may be one customer, pair by pair, to be decided on. */
export function DuplicatesPage() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { object?: string; decision?: PairDecision };
  const all = useObjects();
  const objects = all.filter((object) => object.customer && object.permissions.read);
  const object = objects.find((each) => each.key === search.object) ?? objects[0];
  const decision = kDecisions.find((each) => each === search.decision) ?? 'open';
  const go = (to: { object?: string; decision?: string }) =>
    void navigate({ to: '/duplicates', search: { object: object?.key, decision, ...to }, replace: true });

  if (all.length === 0) return <Loading rows={12} />;
  if (!object) return <EmptyState page title={t('records.queue.forbidden')} />;
  return (
    <div className={classes.page}>
      <PageHeader title={t('records.queue.title')} />
      <Text c="dimmed" mb="md">
        {t('records.queue.intro')}
      </Text>
      <div className={classes.bar}>
        <Select
          aria-label={t('records.queue.object')}
          allowDeselect={false}
          value={object.key}
          onChange={(key) => key && go({ object: key })}
          data={objects.map((each) => ({ value: each.key, label: label(each.plural_label) }))}
        />
        <SegmentedControl
          aria-label={t('records.queue.decision')}
          value={decision}
          onChange={(next) => go({ decision: next })}
          data={kDecisions.map((each) => ({ value: each, label: t(`records.queue.tab.${each}`) }))}
        />
      </div>
      <ScanPanel object={object} key={object.key} />
      <ManyLink object={object} decision={decision} />
      <Pairs object={object} decision={decision} key={`${object.key} ${decision}`} />
    </div>
  );
}

/** The way to a decision on all that are nearly sure, for those who may take it. */
function ManyLink({ object, decision }: { object: ObjectMeta; decision: PairDecision }) {
  const { t } = useTexts();
  const scan = useDuplicateScan(object.key);
  if (decision !== 'open' || !scan.data?.may_scan || scan.data.status !== 'done' || !scan.data.pairs)
    return null;
  return (
    <Button
      variant="default"
      mb="md"
      leftSection={<IconChecks size={16} />}
      renderRoot={(props) => <Link {...props} to="/duplicates/all" search={{ object: object.key }} />}
    >
      {t('records.queue.all.link')}
    </Button>
  );
}

function Pairs({ object, decision }: { object: ObjectMeta; decision: PairDecision }) {
  const { t } = useTexts();
  const pairs = usePairs(object.key, decision);
  const decide = useDecide(object.key);
  const scan = useDuplicateScan(object.key);
  const onDecide = (pair: DuplicatePair, to: PairDecision) =>
    decide.mutate(
      { pairs: [pair], decision: to },
      {
        onSuccess: ({ change }) => notifyUndo(t(`records.queue.decided.${to}`), change),
        onError: notifyError,
      },
    );
  if (pairs.error) return <ErrorState error={pairs.error} onRetry={() => void pairs.refetch()} />;
  if (!pairs.data) return <Loading rows={10} />;
  if (pairs.data.length === 0) {
    // The panel above says it all.
    if (decision === 'open' && scan.data?.status !== 'done') return null;
    return (
      <EmptyState
        icon={
          decision === 'open' ? (
            <IconCheck size={28} stroke={1.5} />
          ) : (
            <IconUsersGroup size={28} stroke={1.5} />
          )
        }
        title={t(`records.queue.none.${decision}`)}
      >
        {decision === 'open' && t('records.queue.noneHelp')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.pairs}>
        {pairs.data.map((pair) => (
          <li key={`${pair.a.id} ${pair.b.id}`}>
            <PairCard
              object={object}
              pair={pair}
              busy={decide.isPending && decide.variables.pairs[0] === pair}
              onDecide={(to) => onDecide(pair, to)}
            />
          </li>
        ))}
      </ul>
      {pairs.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={pairs.isFetchingNextPage}
          onClick={() => void pairs.fetchNextPage()}
        >
          {t('records.more')}
        </Button>
      )}
    </>
  );
}
