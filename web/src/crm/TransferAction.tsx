import { lazy, Suspense } from 'react';
import type { RecordSlotProps } from '@/records/slots';

const Dialog = lazy(() => import('./TransferDialog').then((found) => ({ default: found.TransferDialog })));

/** Loaded when it is asked for: few people change companies. */
export function TransferAction(props: RecordSlotProps & { onClose: () => void }) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
