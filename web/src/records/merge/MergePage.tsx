import { IconArrowMerge, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId, useState } from 'react';
import {
  isApiError,
  type MergePlan,
  type ObjectMeta,
  useMerge,
  useMergePlan,
  useObject,
  useObjects,
  useRecord,
} from '@/api';
import { PickerInput } from '@/fields';
import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  errorText,
  Loading,
  notifyUndo,
  PageHeader,
  Text,
  useTexts,
} from '@/ui';
import { idsInAddress, idsOfAddress } from './address';
import { MergeTable } from './MergeTable';
import classes from './merge.module.css';
import { mergeRows, mergeValues } from './mergeRows';

const kMost = 21;

/** Several records become one: which of them stays, and whose value of each field. */
export function MergePage() {
  const { t } = useTexts();
  const search = useSearch({ strict: false }) as { object?: string; ids?: string };
  const all = useObjects();
  const object = useObject(search.object);
  const ids = idsOfAddress(search.ids);
  if (all.length === 0) return <Loading rows={12} />;
  if (!object || ids.length === 0) return <EmptyState page title={t('records.merge.nothing')} />;
  if (!object.permissions.update || !object.permissions.delete)
    return <EmptyState page title={t('records.merge.forbidden')} />;
  return (
    <div className={classes.page}>
      <PageHeader title={t('records.merge.title')} />
      {ids.length === 1 ? (
        <ChooseOther object={object} id={ids[0] ?? ''} />
      ) : (
        <Merge object={object} ids={ids} key={`${object.key} ${idsInAddress(ids)}`} />
      )}
    </div>
  );
}

function useIds(object: ObjectMeta) {
  const navigate = useNavigate();
  return (ids: string[]) =>
    void navigate({ to: '/merge', search: { object: object.key, ids: idsInAddress(ids) }, replace: true });
}

function ChooseOther({ object, id }: { object: ObjectMeta; id: string }) {
  const { t, label } = useTexts();
  const record = useRecord(object, id);
  const goTo = useIds(object);
  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  if (!record.data) return <Loading rows={4} />;
  return (
    <div className={classes.choose}>
      <Text mb="md">{t('records.merge.choose', { name: record.data.title })}</Text>
      <OtherPicker object={object} ids={[id]} label={label(object.label)} onIds={goTo} autoFocus />
    </div>
  );
}

interface OtherPickerProps {
  object: ObjectMeta;
  ids: string[];
  label: string;
  onIds: (ids: string[]) => void;
  autoFocus?: boolean;
}

/** Search for one more record, by whatever the search understands. */
function OtherPicker({ object, ids, label, onIds, autoFocus }: OtherPickerProps) {
  const { t } = useTexts();
  const id = useId();
  const title = object.fields.find((field) => field.key === object.title);
  if (!title) return null;
  return (
    <PickerInput
      id={id}
      field={title}
      object={object}
      multiple={false}
      target={object.key}
      existing
      except={ids}
      value={null}
      label={t('records.merge.other', { name: label })}
      autoFocus={autoFocus}
      onChange={(value) => {
        const chosen = (value as { id?: string } | null)?.id;
        if (chosen && !ids.includes(chosen)) onIds([...ids, chosen]);
      }}
    />
  );
}

function Merge({ object, ids }: { object: ObjectMeta; ids: string[] }) {
  const { t } = useTexts();
  const [into, setInto] = useState<string>();
  const plan = useMergePlan(object, ids, into);
  const goTo = useIds(object);
  if (plan.error && !plan.data) {
    const gone = isApiError(plan.error) && (plan.error.status === 404 || plan.error.status === 409);
    const single = isApiError(plan.error) && plan.error.problems.some((each) => each.code === 'merge_same');
    if (gone || single)
      return <EmptyState page title={t(single ? 'records.merge.already' : 'records.merge.gone')} />;
    return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />;
  }
  if (!plan.data) return <Loading rows={12} />;
  // The choice shows at once; the counts that follow from it come in a moment.
  const shown = into ? { ...plan.data, into } : plan.data;
  return (
    <Decide object={object} plan={shown} busy={plan.isFetching} ids={ids} onInto={setInto} onIds={goTo} />
  );
}

interface DecideProps {
  object: ObjectMeta;
  plan: MergePlan;
  ids: string[];
  busy: boolean;
  onInto: (id: string) => void;
  onIds: (ids: string[]) => void;
}

function Decide({ object, plan, ids, busy, onInto, onIds }: DecideProps) {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const merge = useMerge(object);
  const [picked, setPicked] = useState<Record<string, string>>({});
  const rows = mergeRows(object, plan);
  const number = rows.open.find((row) => row.group.fields.some((field) => field.kind === 'corporate_number'));
  const stopped = plan.numbers_differ && number !== undefined && picked[number.group.key] === undefined;
  const winner = plan.records.find((record) => record.id === plan.into) ?? plan.records[0];
  const byField = isApiError(merge.error) ? merge.error.byField : {};
  if (!winner) return null;
  const run = () =>
    merge.mutate(
      {
        into: winner.id,
        from: plan.records.filter((record) => record.id !== winner.id).map((record) => record.id),
        values: mergeValues(rows.open, plan.records, picked),
        version: winner.version,
      },
      {
        onSuccess: (record) => {
          notifyUndo(
            t('records.merge.done', { count: plan.records.length, name: record.title }),
            record.change,
          );
          void navigate({
            to: '/o/$plural/$id',
            params: { plural: object.plural, id: record.id },
            replace: true,
          });
        },
      },
    );
  return (
    <>
      <Text c="dimmed" mb="md">
        {t('records.merge.intro')}
      </Text>
      {plan.numbers_differ && (
        <Alert color="red" mb="md" role="alert" title={t('records.merge.numbers')}>
          {t('records.merge.numbersHelp')}
        </Alert>
      )}
      {plan.alike.length > 0 && plan.records.length < kMost && (
        <Alert color="blue" mb="md" title={t('records.merge.alike')}>
          <div className={classes.alike}>
            {plan.alike.slice(0, kMost - plan.records.length).map((each) => (
              <Button
                key={each.id}
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => onIds([...ids, each.id])}
              >
                {t('records.merge.add', { name: each.title })}
              </Button>
            ))}
          </div>
        </Alert>
      )}
      <MergeTable
        object={object}
        plan={plan}
        rows={rows}
        picked={picked}
        errors={byField}
        onPick={(key, id) => setPicked((now) => ({ ...now, [key]: id }))}
        onInto={onInto}
        onRemove={
          plan.records.length > 2
            ? (id) => onIds(plan.records.map((each) => each.id).filter((each) => each !== id))
            : undefined
        }
      />
      {plan.records.length < kMost && (
        <div className={classes.more}>
          <OtherPicker
            object={object}
            ids={plan.records.map((each) => each.id)}
            label={label(object.label)}
            onIds={onIds}
          />
        </div>
      )}
      <footer className={classes.bar}>
        {merge.error && (
          <Alert color="red" role="alert" className={classes.error}>
            <span style={{ whiteSpace: 'pre-line' }}>{errorText(merge.error)}</span>
          </Alert>
        )}
        <div className={classes.sum} aria-live="polite">
          <Text fw={600}>{t('records.merge.into', { name: winner.title || t('records.untitled') })}</Text>
          <Moves plan={plan} counting={busy} />
          {stopped && (
            <Text size="sm" c="red">
              {t('records.merge.numberFirst')}
            </Text>
          )}
        </div>
        <div className={classes.acts}>
          <Button variant="default" onClick={() => window.history.back()}>
            {t('ui.cancel')}
          </Button>
          <Button
            leftSection={<IconArrowMerge size={16} />}
            loading={merge.isPending}
            disabled={busy || stopped}
            onClick={run}
          >
            {t('records.merge.run', { count: plan.records.length })}
          </Button>
        </div>
      </footer>
    </>
  );
}

/** What goes over to the record that stays. */
function Moves({ plan, counting }: { plan: MergePlan; counting: boolean }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const parts = plan.moves.map(({ object, count }) =>
    t('records.merge.move', {
      name: label(objects.find((each) => each.key === object)?.plural_label),
      count,
    }),
  );
  if (plan.files > 0) parts.push(t('records.merge.moveFiles', { count: plan.files }));
  return (
    <Text size="sm" c="dimmed">
      {counting
        ? t('records.merge.counting')
        : parts.length > 0
          ? t('records.merge.moves', { what: parts.join(t('records.merge.and')) })
          : t('records.merge.movesNone')}
    </Text>
  );
}
