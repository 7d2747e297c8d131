import type { RecordSlots } from '@/records/slots';
import { OrgChart } from './OrgChart';
import { QuickEntry } from './QuickEntry';
import { Warnings } from './Warnings';

/** What the domain adds to the generic record page. */
export const crmSlots: RecordSlots = {
  warnings: Warnings,
  quickEntry: QuickEntry,
  tabs: [
    {
      key: 'organisation',
      label: { ja: '組織図', en: 'Organization' },
      applies: (object) => object.key === 'company',
      Content: OrgChart,
    },
  ],
};
