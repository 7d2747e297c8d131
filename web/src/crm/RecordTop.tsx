import { lazy, Suspense } from 'react';
import { useObject } from '@/api';
import type { RecordSlotProps } from '@/records/slots';
import { CustomerBrief } from './CustomerBrief';
import { takesPlans } from './follow/planObjects';

const PlanRuns = lazy(() => import('./follow/PlanRuns').then((found) => ({ default: found.PlanRuns })));
const PlanSteps = lazy(() => import('./follow/PlanSteps').then((found) => ({ default: found.PlanSteps })));

/** What the domain shows first of a record: the customer at a glance, the plans that run, the steps of a plan. */
export function RecordTop({ object, record }: RecordSlotProps) {
  const plans = useObject('plan') !== undefined;
  return (
    <>
      <CustomerBrief object={object} record={record} />
      <Suspense>
        {plans && takesPlans(object) && <PlanRuns object={object} record={record} />}
        {object.key === 'plan' && <PlanSteps object={object} record={record} />}
      </Suspense>
    </>
  );
}
