import { IconTransfer } from '@tabler/icons-react';
import { createElement } from 'react';
import type { ObjectMeta } from '@/api';
import type { RecordSlots } from '@/records/slots';
import { OrgChart } from './OrgChart';
import { QuickEntry } from './QuickEntry';
import { TransferAction } from './TransferAction';
import { Warnings } from './Warnings';

/** Whether a person may be moved by the one who looks. */
function mayTransfer(object: ObjectMeta): boolean {
  const company = object.fields.find((field) => field.key === 'company');
  return (
    object.key === 'person' &&
    object.permissions.update &&
    company !== undefined &&
    company.writable !== false &&
    !company.masked
  );
}

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
  actions: [
    {
      key: 'transfer',
      label: { ja: '会社を移る（異動・転職・退職）', en: 'Moves to another company' },
      icon: createElement(IconTransfer, { size: 15 }),
      applies: (object) => mayTransfer(object),
      Dialog: TransferAction,
    },
  ],
};
