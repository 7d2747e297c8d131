import { useMemo } from 'react';
import { type ObjectMeta, type RecordData, useObject, useRecordList } from '@/api';
import { ErrorState, Loading, Select, Text, useTexts } from '@/ui';
import { ReadyPlans } from './ReadyPlans';

interface PlanChoiceProps {
  object: ObjectMeta;
  plan?: RecordData;
  onPlan: (plan: RecordData) => void;
}

const kMost = 200;

/** Which of the plans that are meant for records of the object; the ready-made ones where there is none yet. */
export function PlanChoice({ object, plan, onPlan }: PlanChoiceProps) {
  const { t, label } = useTexts();
  const plans = useObject('plan');
  const query = useMemo(
    () => ({
      filter: { and: [{ targets: { has: object.key } }, { active: { eq: true } }] },
      fields: ['name', 'purpose', 'start_from'],
      sort: 'name',
    }),
    [object.key],
  );
  const list = useRecordList(plans ?? { key: 'plan', plural: 'plans' }, query, {
    limit: kMost,
    counted: false,
    enabled: plans !== undefined,
  });
  if (list.isPending) return <Loading rows={2} />;
  if (list.error && list.records.length === 0)
    return <ErrorState compact error={list.error} onRetry={() => void list.refetch()} />;
  if (list.records.length === 0 && plans)
    return <ReadyPlans object={plans} help={t('crm.follow.noneFor', { name: label(object.label) })} />;
  return (
    <div>
      <Select
        label={t('crm.follow.plan')}
        placeholder={t('crm.follow.choose')}
        searchable={list.records.length > 8}
        data-autofocus
        allowDeselect={false}
        value={plan?.id ?? null}
        onChange={(id) => {
          const chosen = list.records.find((each) => each.id === id);
          if (chosen) onPlan(chosen);
        }}
        data={list.records.map((each) => ({ value: each.id, label: each.title }))}
      />
      {typeof plan?.purpose === 'string' && (
        <Text size="sm" c="dimmed" mt={6}>
          {plan.purpose}
        </Text>
      )}
    </div>
  );
}
