import { useId, useState } from 'react';
import { type FieldMeta, type RecordData, useBeginPlan } from '@/api';
import { kindOf } from '@/fields';
import type { BulkSlotProps } from '@/records/slots';
import { Alert, Button, errorText, Group, Modal, notifyUndo, Stack, Text, useTexts } from '@/ui';
import { PlanChoice } from './PlanChoice';

const kStart: FieldMeta = {
  id: 0,
  key: 'start',
  kind: 'date',
  label: { ja: '', en: '' },
  comparison: 'date',
};
const { Input: DateInput } = kindOf('date');
export const kMostAtOnce = 200;

/** Begins a plan on every ticked record, in one change. */
export function PlanBulk({ object, ids, onClose, onDone }: BulkSlotProps) {
  const { t } = useTexts();
  const id = useId();
  const [plan, setPlan] = useState<RecordData>();
  const [start, setStart] = useState('');
  const begin = useBeginPlan();
  const tooMany = ids.length > kMostAtOnce;
  const make = () =>
    plan &&
    begin.mutate(
      { plan: plan.id, object: object.key, ids, start: start || undefined },
      {
        onSuccess: ({ change, records, tasks, problems }) => {
          notifyUndo(
            [
              t('crm.follow.madeMany', { name: plan.title, records, tasks }),
              ...(problems.length > 0 ? [t('records.bulk.problems', { count: problems.length })] : []),
              ...problems.slice(0, 3).map((each) => `${each.title}: ${each.message}`),
            ].join('\n'),
            records > 0 ? change : undefined,
          );
          onDone();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('crm.follow.titleMany', { count: ids.length })}>
      <Stack>
        {tooMany && <Alert color="yellow">{t('crm.follow.tooMany', { most: kMostAtOnce })}</Alert>}
        <PlanChoice object={object} plan={plan} onPlan={setPlan} />
        {plan && (
          <>
            <DateInput
              id={`${id}-start`}
              field={kStart}
              object={object}
              value={start || null}
              onChange={(value) => setStart(typeof value === 'string' ? value : '')}
              label={t('crm.follow.start')}
            />
            <Text size="sm" c="dimmed">
              {t(plan.start_from === 'day' ? 'crm.follow.startManyToday' : 'crm.follow.startManyRecord')}
            </Text>
          </>
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
          <Button loading={begin.isPending} disabled={!plan || tooMany} onClick={make}>
            {t('crm.follow.makeMany', { count: ids.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
