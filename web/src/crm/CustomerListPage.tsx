import { lazy, Suspense } from 'react';
import type { ObjectMeta } from '@/api';
import { RecordListPage } from '@/records/RecordListPage';
import { type BulkSlotProps, type ListSlots, ListSlotsProvider } from '@/records/slots';
import { takesPlans } from './follow/planObjects';
import { readyConditions } from './readyConditions';

const Ready = lazy(() => import('./follow/ReadyPlans').then((found) => ({ default: found.ReadyPlans })));
const Bulk = lazy(() => import('./follow/PlanBulk').then((found) => ({ default: found.PlanBulk })));

function NoPlans({ object }: { object: ObjectMeta }) {
  return (
    <Suspense>
      <Ready object={object} />
    </Suspense>
  );
}

function BeginPlan(props: BulkSlotProps) {
  return (
    <Suspense>
      <Bulk {...props} />
    </Suspense>
  );
}

const slots: ListSlots = {
  conditions: readyConditions,
  empty: (object) => (object.key === 'plan' ? NoPlans : undefined),
  bulk: [
    {
      key: 'follow',
      label: { ja: 'フォローの計画', en: 'Follow-up plan' },
      applies: (object, objects) =>
        takesPlans(object) &&
        objects.some((each) => each.key === 'plan') &&
        objects.some((each) => each.key === 'task' && each.permissions.create),
      Dialog: BeginPlan,
    },
  ],
};

/** The generic list with what the domain adds: conditions that sales offices ask often. */
export function CustomerListPage({ object }: { object: ObjectMeta }) {
  return (
    <ListSlotsProvider value={slots}>
      <RecordListPage object={object} />
    </ListSlotsProvider>
  );
}
