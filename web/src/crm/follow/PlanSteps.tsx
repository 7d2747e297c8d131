import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type ObjectMeta, type RecordData, useBatch, useObject, useRecordList } from '@/api';
import { ChoiceBadge, isReference, optionLabel } from '@/fields';
import { RecordCreate } from '@/records/RecordCreate';
import type { RecordSlotProps } from '@/records/slots';
import {
  ActionIcon,
  Button,
  ErrorState,
  Loading,
  notifyDone,
  notifyError,
  notifyUndo,
  Text,
  useTexts,
} from '@/ui';
import classes from './follow.module.css';

const kFields = ['name', 'number', 'unit', 'side', 'kind', 'assign', 'assignee'];
const kMost = 100;

/** The steps of a plan in the order of their days, as a calendar would tell them. */
export function PlanSteps({ record }: RecordSlotProps) {
  const { t } = useTexts();
  const object = useObject('plan_step');
  const [adding, setAdding] = useState(false);
  const query = useMemo(
    () => ({ filter: { plan: { eq: record.id } }, fields: kFields, sort: 'days' }),
    [record.id],
  );
  const list = useRecordList(object ?? { key: 'plan_step', plural: 'plan_steps' }, query, {
    limit: kMost,
    counted: false,
    enabled: object !== undefined,
  });
  if (!object) return null;
  const may = object.permissions.create && !record.deleted_at;
  return (
    <section aria-label={t('crm.follow.steps')}>
      <header className={classes.stepsHead}>
        <h2 className={classes.stepsTitle}>{t('crm.follow.steps')}</h2>
        {may && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setAdding(true)}
          >
            {t('crm.follow.addStep')}
          </Button>
        )}
      </header>
      {list.isPending && <Loading rows={3} />}
      {list.error && list.records.length === 0 && (
        <ErrorState compact error={list.error} onRetry={() => void list.refetch()} />
      )}
      {!list.isPending && !list.error && list.records.length === 0 && (
        <Text c="dimmed" mb="md">
          {t('crm.follow.noSteps')}
        </Text>
      )}
      {list.records.length > 0 && (
        <ol className={classes.steps}>
          {list.records.map((step) => (
            <Step key={step.id} object={object} step={step} />
          ))}
        </ol>
      )}
      <RecordCreate
        object={object}
        initial={{ plan: { id: record.id, title: record.title } }}
        opened={adding}
        onClose={() => setAdding(false)}
        onCreated={() => setAdding(false)}
      />
    </section>
  );
}

function Step({ object, step }: { object: ObjectMeta; step: RecordData }) {
  const { t, language } = useTexts();
  const batch = useBatch(object);
  const word = (key: string) => {
    const field = object.fields.find((each) => each.key === key);
    return field && typeof step[key] === 'string' ? optionLabel(field, step[key], language) : '';
  };
  const kind = object.fields
    .find((field) => field.key === 'kind')
    ?.options?.find((option) => option.key === step.kind);
  const when =
    step.number === 0
      ? t('crm.follow.onTheDay')
      : t('crm.follow.when', { number: step.number, unit: word('unit'), side: word('side') });
  return (
    <li className={classes.step}>
      <span className={classes.stepWhen}>{when}</span>
      <div>
        <Link to="/o/$plural/$id" params={{ plural: object.plural, id: step.id }}>
          {step.title}
        </Link>
        <div className={classes.stepAbout}>
          {kind && <ChoiceBadge color={kind.color}>{word('kind')}</ChoiceBadge>}
          <span>
            {step.assign === 'user' && isReference(step.assignee) ? step.assignee.title : word('assign')}
          </span>
        </div>
      </div>
      {object.permissions.delete && (
        <ActionIcon
          aria-label={t('crm.follow.removeStep', { name: step.title })}
          disabled={batch.isPending}
          onClick={() =>
            void batch
              .mutateAsync({ ids: [step.id], delete: true })
              .then(
                ({ change, problems }) =>
                  problems[0]
                    ? notifyDone(problems[0].message)
                    : notifyUndo(t('records.delete.done', { name: step.title }), change),
                notifyError,
              )
          }
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </li>
  );
}
