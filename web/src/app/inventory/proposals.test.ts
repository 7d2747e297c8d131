import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectSetting } from '@/api';
import { changeOf, listsOf, minutesAMonth, peopleOf, propose, type Work } from './proposals';
import { areas, tradeOf, trades } from './trades';

const named = (ja: string) => ({ ja, en: ja });
const object = (key: string, more: Partial<ObjectSetting> = {}): ObjectSetting => ({
  key,
  plural: `${key}s`,
  icon: 'box',
  customer: key === 'company' || key === 'person',
  in_navigation: true,
  label: named(key),
  plural_label: named(key),
  declared_label: named(key),
  declared_plural_label: named(key),
  help: named(''),
  own: false,
  customer_links: [],
  hidden: false,
  needed_by: [],
  ...more,
});
const keys = [
  'company',
  'person',
  'activity',
  'deal',
  'proposal',
  'inquiry',
  'order',
  'product',
  'contract',
  'plan',
  'business_card',
];
const objects = keys.map((key) => object(key));
const stage = {
  key: 'stage',
  label: named('進み具合'),
  options: [
    { key: 'lead', label: named('引き合い'), color: 'gray' },
    { key: 'won', label: named('受注'), color: 'green' },
  ],
} as unknown as FieldMeta;
const fields: Record<string, FieldMeta[]> = { company: [], person: [], deal: [stage] };
const sheet: Work[] = [
  {
    name: '見積',
    area: 'order',
    people: '営業、事務',
    list_name: '得意先.xlsx',
    often: 'daily',
    minutes: 30,
  },
  { name: '訪問', area: 'deal', people: '営業', often: 'weekly', minutes: 60 },
  { name: '苦情', area: 'claim', people: '店長' },
  { name: '請求', area: 'bill', people: '事務', list_name: '得意先.xlsx、請求台帳' },
  { name: '集計', area: 'office', people: '社長' },
];

describe('propose', () => {
  it('hides what no work needs, once there are enough works to tell', () => {
    expect(propose(undefined, sheet.slice(0, 4), objects, fields)).toEqual([]);
    const ids = propose(undefined, sheet, objects, fields).map((each) => each.id);
    expect(ids).toEqual([]); // every part of theirs is used
    const noDeals = sheet.map((work) => (work.area === 'deal' ? { ...work, area: 'office' } : work));
    expect(propose(undefined, noDeals, objects, fields).map((each) => each.id)).toEqual([
      'use.deal',
      'use.proposal',
      'use.plan',
      'use.business_card',
    ]);
  });

  it('keeps what others in use must have', () => {
    const needed = objects.map((each) => (each.key === 'deal' ? { ...each, needed_by: ['order'] } : each));
    const noDeals = sheet.map((work) => (work.area === 'deal' ? { ...work, area: 'office' } : work));
    expect(propose(undefined, noDeals, needed, fields).map((each) => each.id)).not.toContain('use.deal');
  });

  it('brings back what a work needs', () => {
    const away = objects.map((each) => (each.key === 'inquiry' ? { ...each, hidden: true } : each));
    const found = propose(undefined, sheet, away, fields);
    expect(found.map((each) => [each.id, each.change.object_changes])).toEqual([
      ['use.inquiry', [{ key: 'inquiry', hidden: false }]],
    ]);
    expect(found[0]?.why).toEqual({ key: 'used', works: ['苦情'] });
  });

  it('does not put away for the trade what is done today', () => {
    const retail = tradeOf('retail');
    expect(propose(retail, [], objects, fields).map((each) => each.id)).toContain('use.deal');
    expect(propose(retail, sheet, objects, fields).map((each) => each.id)).not.toContain('use.deal');
  });

  it('says of words, stages, lists and fields that they are so already', () => {
    const trade = tradeOf('manufacturing');
    const before = propose(trade, [], objects, fields);
    expect(before.filter((each) => each.done)).toEqual([]);
    const label = trade?.words[0]?.label ?? named('');
    const done = propose(
      trade,
      [],
      [
        ...objects.map((each) => (each.key === 'deal' ? { ...each, label } : each)),
        object('c_machine', { own: true, plural_label: named('納入設備') }),
      ],
      { ...fields, company: [{ label: named('図面の保管先') } as FieldMeta] },
    );
    expect(done.filter((each) => each.done).map((each) => each.id)).toEqual([
      'words.deal',
      'ledgers.c_machine',
      'fields.company.0',
    ]);
  });

  it('offers no words or fields of what it puts away', () => {
    const found = propose(
      { ...(tradeOf('manufacturing') as (typeof trades)[number]), seldom: ['deal'] },
      [],
      objects,
      fields,
    );
    expect(
      found.filter((each) => each.id.includes('deal') || each.id === 'stages').map((each) => each.id),
    ).toEqual(['use.deal']);
  });

  it('brings back an own list that was put away instead of making a second one', () => {
    const found = propose(
      tradeOf('manufacturing'),
      [],
      [...objects, object('c_machine', { own: true, hidden: true, plural_label: named('納入設備') })],
      fields,
    );
    expect(found.find((each) => each.group === 'ledgers')?.change).toEqual({
      object_changes: [{ key: 'c_machine', hidden: false }],
    });
  });
});

describe('changeOf', () => {
  it('makes one change of all, and one of each object', () => {
    const all = changeOf([
      {
        id: 'a',
        group: 'use',
        title: named(''),
        why: named(''),
        done: false,
        change: { object_changes: [{ key: 'deal', hidden: false }] },
      },
      {
        id: 'b',
        group: 'words',
        title: named(''),
        why: named(''),
        done: false,
        change: { object_changes: [{ key: 'deal', label: named('案件') }] },
      },
      {
        id: 'c',
        group: 'fields',
        title: named(''),
        why: named(''),
        done: false,
        change: { fields: [{ object: 'deal' }] },
      },
    ]);
    expect(all).toEqual({
      objects: [],
      fields: [{ object: 'deal' }],
      field_changes: [],
      object_changes: [{ key: 'deal', hidden: false, label: named('案件') }],
    });
  });
});

describe('what else the works tell', () => {
  it('who, the busiest first, and which lists', () => {
    expect(peopleOf(sheet).map(({ name, role, works }) => [name, role, works.length])).toEqual([
      ['営業', 'member', 2],
      ['事務', 'member', 2],
      ['店長', 'manager', 1],
      ['社長', 'manager', 1],
    ]);
    expect(listsOf(sheet)).toEqual([
      { name: '得意先.xlsx', works: ['見積', '請求'] },
      { name: '請求台帳', works: ['請求'] },
    ]);
  });

  it('how long it takes', () => {
    expect(sheet.map(minutesAMonth)).toEqual([600, 240, 0, 0, 0]);
  });
});

describe('the trades', () => {
  it.each(trades.map((trade) => [trade.key, trade] as const))('%s is whole', (_key, trade) => {
    expect(trade.works.length).toBeGreaterThanOrEqual(4);
    for (const work of trade.works) expect(areas).toContain(work.area);
    for (const { options, kind } of [...trade.fields, ...trade.objects.flatMap((each) => each.fields)])
      expect(kind === 'choice').toBe((options?.length ?? 0) > 1);
    for (const { key } of trade.objects) expect(key).toMatch(/^c_[a-z0-9]+$/);
  });
});
