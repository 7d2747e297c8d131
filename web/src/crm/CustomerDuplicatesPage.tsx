import { DuplicatesPage } from '@/records/DuplicatesPage';
import { RecordSlotsProvider } from '@/records/slots';
import { PairFurther } from './PairFurther';

const slots = { pair: PairFurther };

/** The queue of likely duplicates with what the domain adds: branches of one company, people who changed companies. */
export function CustomerDuplicatesPage() {
  return (
    <RecordSlotsProvider value={slots}>
      <DuplicatesPage />
    </RecordSlotsProvider>
  );
}
