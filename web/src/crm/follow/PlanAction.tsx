import { lazy, Suspense } from 'react';
import type { RecordSlotProps } from '@/records/slots';

const Dialog = lazy(() => import('./PlanDialog').then((found) => ({ default: found.PlanDialog })));

/** Begins a follow-up plan on the record; loaded when it is asked for. */
export function PlanAction(props: RecordSlotProps & { onClose: () => void }) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
