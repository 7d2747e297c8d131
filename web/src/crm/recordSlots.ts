import { IconListCheck, IconPin, IconTransfer } from '@tabler/icons-react';
import { createElement } from 'react';
import type { ObjectMeta } from '@/api';
import type { RecordSlots } from '@/records/slots';
import { PlanAction } from './follow/PlanAction';
import { takesPlans } from './follow/planObjects';
import { OrgChart } from './OrgChart';
import { PinAction } from './PinAction';
import { QuickEntry } from './QuickEntry';
import { RecordTop } from './RecordTop';
import { TransferAction } from './TransferAction';

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
  brief: RecordTop,
  shown: ['plan_step'],
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
      key: 'follow',
      label: { ja: 'フォローの計画', en: 'Follow-up plan' },
      icon: createElement(IconListCheck, { size: 15 }),
      button: true,
      applies: (object, _record, objects) =>
        takesPlans(object) &&
        objects.some((each) => each.key === 'plan') &&
        objects.some((each) => each.key === 'task' && each.permissions.create),
      Dialog: PlanAction,
    },
    {
      key: 'pin',
      label: { ja: 'ピン留めする・外す', en: 'Pin or unpin' },
      icon: createElement(IconPin, { size: 15 }),
      applies: () => true,
      Dialog: PinAction,
    },
    {
      key: 'transfer',
      label: { ja: '会社を移る（異動・転職・退職）', en: 'Moves to another company' },
      icon: createElement(IconTransfer, { size: 15 }),
      applies: (object) => mayTransfer(object),
      Dialog: TransferAction,
    },
  ],
};
