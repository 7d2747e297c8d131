import { useId, useState } from 'react';
import {
  type FieldMeta,
  isApiError,
  type ObjectMeta,
  type PlannedTask,
  type RecordData,
  type Reference,
  useBeginPlan,
  useObject,
  usePlanPreview,
} from '@/api';
import { kindOf, optionLabel } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import {
  Alert,
  Button,
  Checkbox,
  ErrorState,
  errorText,
  Group,
  Loading,
  Modal,
  notifyUndo,
  Stack,
  useTexts,
} from '@/ui';
import classes from './follow.module.css';
import { PlanChoice } from './PlanChoice';
import { PlanTaskRow } from './PlanTaskRow';

const kStart: FieldMeta = {
  id: 0,
  key: 'start',
  kind: 'date',
  label: { ja: '', en: '' },
  comparison: 'date',
};
const { Input: DateInput } = kindOf('date');

/** Of a step: what was altered before its task is made. */
export interface Altered {
  due_on?: string;
  owner?: Reference;
  wanted?: boolean;
}

/** Begins a follow-up plan: which one, from when, and what comes of it, to be altered before it is made. */
export function PlanDialog({ object, record, onClose }: RecordSlotProps & { onClose: () => void }) {
  const { t } = useTexts();
  const [plan, setPlan] = useState<RecordData>();
  return (
    <Modal opened onClose={onClose} size="xl" title={t('crm.follow.title', { name: record.title })}>
      <Stack>
        <PlanChoice object={object} plan={plan} onPlan={setPlan} />
        {plan && <PlanForm key={plan.id} plan={plan} object={object} record={record} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

/** What a plan counts from, in words: 契約の満了日. */
function useStartLabel(plan: RecordData): string {
  const { t, language } = useTexts();
  const field = useObject('plan')?.fields.find((each) => each.key === 'start_from');
  if (!field || typeof plan.start_from !== 'string' || plan.start_from === 'day')
    return t('crm.follow.start');
  return t('crm.follow.startFrom', { field: optionLabel(field, plan.start_from, language) });
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

interface PlanFormProps {
  plan: RecordData;
  object: ObjectMeta;
  record: RecordData;
  onClose: () => void;
}

function PlanForm({ plan, object, record, onClose }: PlanFormProps) {
  const { t } = useTexts();
  const id = useId();
  const [start, setStart] = useState('');
  const [altered, setAltered] = useState<Record<string, Altered>>({});
  const [again, setAgain] = useState(false);
  const preview = usePlanPreview(plan.id, object, record.id, isDay(start) ? start : '');
  const begin = useBeginPlan();
  const startLabel = useStartLabel(plan);
  // What is half typed is no day to count from yet.
  if (preview.error && !preview.data)
    return <ErrorState compact error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Loading rows={5} />;

  const { tasks, running } = preview.data;
  const wanted = (task: PlannedTask) => altered[task.step]?.wanted ?? !task.past;
  const chosen = tasks.filter(wanted);
  const errors = isApiError(begin.error) ? begin.error.byField : {};
  const make = () =>
    begin.mutate(
      {
        plan: plan.id,
        object: object.key,
        record: record.id,
        start: start || undefined,
        again,
        steps: chosen.map((task) => ({
          step: task.step,
          due_on: altered[task.step]?.due_on ?? task.due_on,
          owner_id: altered[task.step]?.owner?.id ?? task.owner.id,
        })),
      },
      {
        onSuccess: (made) => {
          notifyUndo(t('crm.follow.made', { name: plan.title, count: made.tasks }), made.change);
          onClose();
        },
      },
    );
  return (
    <>
      <DateInput
        id={`${id}-start`}
        field={kStart}
        object={object}
        value={start || preview.data.start}
        onChange={(value) => {
          setStart(typeof value === 'string' ? value : '');
          // Other days: what was altered was altered for the old ones.
          setAltered({});
        }}
        label={startLabel}
        error={preview.data.start === null && start === '' ? t('crm.follow.startMissing') : errors.start}
      />
      {running.open > 0 && (
        <Alert color="yellow" role="status" title={t('crm.follow.running', { count: running.open })}>
          <Checkbox
            label={t('crm.follow.again')}
            checked={again}
            onChange={(event) => setAgain(event.currentTarget.checked)}
          />
        </Alert>
      )}
      {tasks.length > 0 && (
        <ul className={classes.tasks} aria-label={t('crm.follow.tasks')} aria-busy={preview.isFetching}>
          {tasks.map((task) => (
            <PlanTaskRow
              key={task.step}
              object={object}
              task={task}
              altered={altered[task.step] ?? {}}
              wanted={wanted(task)}
              error={errors[`steps.${chosen.indexOf(task)}.due_on`]}
              onAlter={(change) =>
                setAltered((now) => ({ ...now, [task.step]: { ...now[task.step], ...change } }))
              }
            />
          ))}
        </ul>
      )}
      {tasks.length === 0 && preview.data.start !== null && (
        <Alert color="yellow">{t('crm.follow.noSteps')}</Alert>
      )}
      {begin.error && (
        <Alert color="red" role="alert">
          <span style={{ whiteSpace: 'pre-line' }}>{errorText(begin.error)}</span>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          loading={begin.isPending}
          disabled={chosen.length === 0 || preview.isFetching || (running.open > 0 && !again)}
          onClick={make}
        >
          {t('crm.follow.make', { count: chosen.length })}
        </Button>
      </Group>
    </>
  );
}
