import type { ObjectMeta } from '@/api';
import { RecordPage } from '@/records/RecordPage';
import { RecordSlotsProvider } from '@/records/slots';
import { crmSlots } from './recordSlots';

/** The generic record page with what the domain adds: quick entry, warnings, organisation chart. */
export function CustomerRecordPage({ object, id }: { object: ObjectMeta; id: string }) {
  return (
    <RecordSlotsProvider value={crmSlots}>
      <RecordPage object={object} id={id} />
    </RecordSlotsProvider>
  );
}
