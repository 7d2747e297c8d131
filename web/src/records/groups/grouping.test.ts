import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, Summary } from '@/api';
import {
  bucketsOf,
  groupFields,
  groupingOf,
  groupsOf,
  kMostBuckets,
  readGrouping,
  sumFields,
  writeGrouping,
} from './grouping';

const label = { ja: '', en: '' };
const stage = {
  key: 'stage',
  kind: 'choice',
  comparison: 'choice',
  options: [
    { key: 'lead', label },
    { key: 'customer', label },
  ],
} as unknown as FieldMeta;
const due = { key: 'due_on', kind: 'date', comparison: 'date' } as FieldMeta;
const object = {
  title: 'name',
  fields: [
    { key: 'name', kind: 'text', comparison: 'text' },
    stage,
    due,
    { ...stage, key: 'secret', masked: true },
    { ...due, key: 'last_deal_on', at_read: true },
  ],
} as unknown as ObjectMeta;
const numbers = (count: number, amount = 0) => ({ count, sums: { amount } });
const summary = (groups: Summary['groups'], others?: Summary['others']): Summary => ({
  ...numbers(0),
  groups,
  others,
  exact: true,
});

describe('grouping', () => {
  it('is written in one word', () => {
    for (const each of [
      { field: 'stage' },
      { field: 'due_on', unit: 'month' as const },
      { field: 'due_on', unit: 'fiscal' as const, folded: true },
    ])
      expect(readGrouping(writeGrouping(each))).toEqual(each);
    expect([readGrouping('a:week'), readGrouping(''), readGrouping(3)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('sums amounts that are kept, not those worked out when read', () => {
    const fields = [
      { key: 'amount', kind: 'money' },
      { key: 'margin', kind: 'money', at_read: true },
      { key: 'name', kind: 'text' },
    ] as FieldMeta[];
    expect(sumFields({ fields } as ObjectMeta, fields).map(({ key }) => key)).toEqual(['amount']);
  });

  it('offers what can be counted, never what is masked', () => {
    expect(groupFields(object).map(({ key }) => key)).toEqual(['stage', 'due_on']);
    expect(groupingOf(object, { field: 'due_on' })).toEqual({ field: due, unit: 'month' });
    expect(groupingOf(object, { field: 'stage', unit: 'year' })).toEqual({ field: stage });
    expect(groupingOf(object, { field: 'secret' })).toBeUndefined();
    expect(groupingOf(object, { field: 'last_deal_on' })).toBeUndefined();
  });

  it('puts choices in their order and those without one last', () => {
    const groups = groupsOf(
      stage,
      summary([
        { value: null, ...numbers(9) },
        { value: 'customer', ...numbers(5) },
        { value: 'lead', ...numbers(2) },
      ]),
    );
    expect(groups.map(({ key, filter }) => [key, filter])).toEqual([
      ['lead', { stage: { eq: 'lead' } }],
      ['customer', { stage: { eq: 'customer' } }],
      ['', { stage: { empty: true } }],
    ]);
  });

  it('puts what is hidden or too much into one group of the rest', () => {
    const link = { key: 'company', kind: 'link', comparison: 'link' } as FieldMeta;
    const groups = groupsOf(
      link,
      summary(
        [
          { value: { id: 'A', title: 'あ' }, ...numbers(4, 40) },
          { value: { hidden: true } as never, ...numbers(3, 30) },
          { value: null, ...numbers(1) },
        ],
        { groups: 7, ...numbers(8, 80) },
      ),
    );
    expect(groups.map(({ key, numbers: of }) => [key, of.count, of.sums.amount])).toEqual([
      ['A', 4, 40],
      ['*', 11, 110],
      ['', 1, 0],
    ]);
    expect(groups[1]?.filter).toEqual({
      and: [{ company: { empty: false } }, { not: { company: { in: ['A'] } } }],
    });
  });

  it('cuts dates into months, years and years of the company', () => {
    const on = { today: '2026-11-23', firstMonth: 4 };
    const ends = { low: '2026-02-28', high: '2026-05-01' };
    expect(bucketsOf('due_on', 'month', ends, on).map(({ key }) => key)).toEqual([
      '2026-05-01',
      '2026-04-01',
      '2026-03-01',
      '2026-02-01',
      '',
    ]);
    expect(bucketsOf('due_on', 'fiscal', ends, on).map(({ name, filter }) => [name, filter])).toEqual([
      [{ year: 2026, fiscal: true }, { due_on: { gte: '2026-04-01', lt: '2027-04-01' } }],
      [{ year: 2025, fiscal: true }, { due_on: { gte: '2025-04-01', lt: '2026-04-01' } }],
      [{ other: 'none' }, { due_on: { empty: true } }],
    ]);
    expect(bucketsOf('due_on', 'year', ends, on)[0]?.filter).toEqual({
      due_on: { gte: '2026-01-01', lt: '2027-01-01' },
    });
  });

  it('keeps to so many periods around today, and all dates are in one of them', () => {
    const buckets = bucketsOf(
      'due_on',
      'month',
      { low: '1999-01-10', high: '2999-12-31' },
      { today: '2026-11-23', firstMonth: 4 },
    );
    expect(buckets).toHaveLength(kMostBuckets + 3);
    expect(buckets[0]).toEqual({
      key: '>',
      name: { other: 'later' },
      filter: { due_on: { gte: '2027-12-01' } },
    });
    expect(buckets[1]?.key).toBe('2027-11-01');
    expect(buckets.at(-2)).toEqual({
      key: '<',
      name: { other: 'earlier' },
      filter: { due_on: { lt: '2022-12-01' } },
    });
  });
});
