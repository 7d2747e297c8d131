import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { targetGroups, targetLabel } from './importTargets';

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return { key, kind: 'text', label: { ja: `${key}の項目`, en: key }, ...more } as FieldMeta;
}
function object(key: string, fields: FieldMeta[], more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    key,
    label: { ja: key, en: key },
    fields,
    permissions: { read: true, create: true, update: true, delete: true, import: true, export: true },
    sections: [],
    links_in: [],
    ...more,
  } as ObjectMeta;
}
const company = object('company', [field('name')], { customer: true });
const person = object('person', [field('name'), field('company', { kind: 'link', target: 'company' })], {
  customer: true,
  customer_links: ['company'],
});
const order = object('order', [field('number'), field('person', { kind: 'link', target: 'person' })], {
  customer_links: ['person'],
});
const line = object('order_line', [field('quantity'), field('order', { kind: 'link', target: 'order' })], {
  parent_link: 'order',
  in_navigation: false,
});
const deal = object('deal', [field('name'), field('person', { kind: 'link', target: 'person' })], {
  customer_links: ['person'],
});
const objects = [company, person, order, line, deal];
const label = (text: { ja: string } | undefined) => text?.ja ?? '';

describe('targetGroups', () => {
  it('offers what a person links to and what links to a person', () => {
    expect(targetGroups(person, objects).map((group) => group.path)).toEqual([
      '',
      'company',
      'order',
      'deal',
    ]);
  });
  it('follows an order line to the customer of its order', () => {
    const paths = targetGroups(line, objects).map((group) => group.path);
    expect(paths).toEqual(['', 'order', 'order.person', 'order.person.company']);
  });
  it('does not offer what may not be made', () => {
    const closed = { ...deal, permissions: { ...deal.permissions, create: false } };
    expect(targetGroups(person, [company, person, closed]).map((group) => group.path)).toEqual([
      '',
      'company',
    ]);
  });
});

describe('targetLabel', () => {
  it('names the way to the field', () => {
    const groups = targetGroups(person, objects);
    expect(targetLabel('field:company.name', groups, label)).toBe('companyの項目 › nameの項目');
    expect(targetLabel('field:name', groups, label)).toBe('nameの項目');
    expect(targetLabel('field:company.id', groups, label)).toBe('companyの項目の番号');
    expect(targetLabel('note', groups, label)).toBe('');
  });
});
