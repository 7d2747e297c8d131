import { expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { ruleFields } from './ruleDraft';

it('offers for rules what the form has and what is kept', () => {
  const fields = [
    { key: 'amount' },
    { key: 'deals', at_read: true },
    { key: 'secret', masked: true },
    { key: 'gone', hidden: true },
    { key: 'id', system: true },
  ] as FieldMeta[];
  expect(ruleFields({ fields } as ObjectMeta).map(({ key }) => key)).toEqual(['amount']);
});
