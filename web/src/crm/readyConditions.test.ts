import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { fromFilterJson, isRaw, toFilterJson } from '@/fields/filterModel';
import { readyConditions } from './readyConditions';

const may = { read: true, create: true, update: true, delete: true, import: true, export: true };
const object = (key: string, plural: string, keys: string[], links: string[] = [], customer = false) =>
  ({
    key,
    plural,
    customer,
    permissions: may,
    links_in: links.map((each) => ({ object: each, field: key })),
    fields: keys.map((each) => ({ key: each }) as FieldMeta),
  }) as unknown as ObjectMeta;

const company = object(
  'company',
  'companies',
  ['last_contact_at', 'next_action_at', 'last_order_on', 'deal_count'],
  ['order', 'inquiry', 'activity', 'contract'],
  true,
);
const order = object('order', 'orders', ['ordered_on']);
const inquiry = object('inquiry', 'inquiries', ['kind', 'status']);
const activity = object('activity', 'activities', ['kind', 'status', 'happened_at']);
const contract = object('contract', 'contracts', ['expires_on']);
const all = [company, order, inquiry, activity, contract];
const keysOf = (of: ObjectMeta, objects: ObjectMeta[]) => readyConditions(of, objects).map(({ key }) => key);

describe('readyConditions', () => {
  it('are offered for customers, and each can be shown and changed in the builder', () => {
    expect(keysOf(company, all)).toEqual(
      expect.arrayContaining([
        'quiet',
        'no_next',
        'complaint',
        'often',
        'lapsed',
        'not_visited',
        'contract_ends',
      ]),
    );
    for (const { key, filter } of readyConditions(company, all)) {
      const model = fromFilterJson(filter);
      expect([key, model.conditions.some(isRaw)]).toEqual([key, false]);
      expect(toFilterJson(model)).toEqual(filter);
    }
    expect(keysOf(order, all)).toEqual([]);
  });

  it('ask for nothing that the reader may not see', () => {
    const closed = { ...order, permissions: { ...may, read: false } };
    expect(keysOf(company, [company, closed, inquiry])).not.toContain('often');
    expect(keysOf(company, [company, inquiry])).not.toContain('often');
    const masked = { ...inquiry, fields: [{ key: 'kind' }, { key: 'status', masked: true }] as FieldMeta[] };
    expect(keysOf(company, [company, order, masked])).toEqual(expect.not.arrayContaining(['complaint']));
    expect(keysOf({ ...company, fields: [] }, all)).not.toContain('quiet');
  });
});
