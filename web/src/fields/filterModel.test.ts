import { describe, expect, it } from 'vitest';
import {
  type FilterModel,
  fromFilterJson,
  isComplete,
  type Json,
  operatorsFor,
  readCounted,
  toFilterJson,
  writeCounted,
} from './filterModel';

describe('filterModel', () => {
  const cases: [string, Json, FilterModel][] = [
    [
      'one condition',
      { prefecture: { in: ['東京都'] } },
      { match: 'all', conditions: [{ field: 'prefecture', operator: 'in', value: ['東京都'] }] },
    ],
    [
      'all of several',
      { and: [{ employees: { gte: 50 } }, { name: { contains: '山田' } }] },
      {
        match: 'all',
        conditions: [
          { field: 'employees', operator: 'gte', value: 50 },
          { field: 'name', operator: 'contains', value: '山田' },
        ],
      },
    ],
    [
      'any of several',
      { or: [{ a: { empty: true } }, { b: { empty: false } }] },
      {
        match: 'any',
        conditions: [
          { field: 'a', operator: 'empty', value: null },
          { field: 'b', operator: 'filled', value: null },
        ],
      },
    ],
    [
      'not in',
      { not: { stage: { in: ['lost'] } } },
      { match: 'all', conditions: [{ field: 'stage', operator: 'not_in', value: ['lost'] }] },
    ],
    [
      'some of the related records',
      { orders: { some: { date: { gte: '2026-01-01' } } } },
      {
        match: 'all',
        conditions: [
          {
            related: 'orders',
            how: 'some',
            count: null,
            of: { match: 'all', conditions: [{ field: 'date', operator: 'gte', value: '2026-01-01' }] },
          },
        ],
      },
    ],
    [
      'a count of them, through a field',
      {
        and: [
          { orders: { where: { or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, at_least: 3, via: 'to' } },
          { a: { eq: 1 } },
        ],
      },
      {
        match: 'all',
        conditions: [
          {
            related: 'orders',
            via: 'to',
            how: 'at_least',
            count: 3,
            of: {
              match: 'any',
              conditions: [
                { field: 'a', operator: 'eq', value: 1 },
                { field: 'b', operator: 'eq', value: 2 },
              ],
            },
          },
          { field: 'a', operator: 'eq', value: 1 },
        ],
      },
    ],
    [
      'none and at most, without conditions',
      { or: [{ tasks: { none: {} } }, { orders: { at_most: 2 } }] },
      {
        match: 'any',
        conditions: [
          { related: 'tasks', how: 'none', count: null, of: { match: 'all', conditions: [] } },
          { related: 'orders', how: 'at_most', count: 2, of: { match: 'all', conditions: [] } },
        ],
      },
    ],
    [
      'a group of one level',
      { and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { tasks: { some: {} } }] }] },
      {
        match: 'all',
        conditions: [
          { field: 'a', operator: 'eq', value: 1 },
          {
            group: {
              match: 'any',
              conditions: [
                { field: 'b', operator: 'eq', value: 2 },
                { related: 'tasks', how: 'some', count: null, of: { match: 'all', conditions: [] } },
              ],
            },
          },
        ],
      },
    ],
    [
      'what the builder cannot show',
      {
        and: [
          { not: { or: [{ a: { eq: 1 } }, { b: { eq: 1 } }] } },
          { orders: { some: { a: { eq: 1 } }, none: { b: { eq: 1 } } } },
          { orders: { at_least: 1, at_most: 3 } },
          { a: { near: 5 } },
          { a: { eq: 1 } },
        ],
      },
      {
        match: 'all',
        conditions: [
          { raw: { not: { or: [{ a: { eq: 1 } }, { b: { eq: 1 } }] } } },
          { raw: { orders: { some: { a: { eq: 1 } }, none: { b: { eq: 1 } } } } },
          { raw: { orders: { at_least: 1, at_most: 3 } } },
          { raw: { a: { near: 5 } } },
          { field: 'a', operator: 'eq', value: 1 },
        ],
      },
    ],
    [
      'a group within a group, and related records of related ones',
      {
        or: [
          { and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 1 } }, { c: { eq: 1 } }] }] },
          { orders: { some: { lines: { some: {} } } } },
        ],
      },
      {
        match: 'any',
        conditions: [
          {
            group: {
              match: 'all',
              conditions: [
                { field: 'a', operator: 'eq', value: 1 },
                { raw: { or: [{ b: { eq: 1 } }, { c: { eq: 1 } }] } },
              ],
            },
          },
          {
            related: 'orders',
            how: 'some',
            count: null,
            of: { match: 'all', conditions: [{ raw: { lines: { some: {} } } }] },
          },
        ],
      },
    ],
  ];

  it.each(cases)('reads and writes %s', (_name, json, model) => {
    expect(fromFilterJson(json)).toEqual(model);
    expect(toFilterJson(model)).toEqual(json);
  });

  it('keeps together what belongs together in an or', () => {
    const model = fromFilterJson({ or: [{ a: { gte: 1, lte: 2 } }, { b: { eq: 3 } }] });
    expect(model.conditions).toHaveLength(2);
    expect(toFilterJson(model)).toEqual({
      or: [{ and: [{ a: { gte: 1 } }, { a: { lte: 2 } }] }, { b: { eq: 3 } }],
    });
  });

  it('leaves out what is not said yet, wherever it stands', () => {
    const open = { field: '', operator: 'eq', value: null } as const;
    const half = { field: 'a', operator: 'eq', value: null } as const;
    expect(
      toFilterJson({
        match: 'all',
        conditions: [
          open,
          { group: { match: 'any', conditions: [open, half] } },
          { related: 'orders', how: 'at_least', count: null, of: { match: 'all', conditions: [] } },
          { related: 'orders', how: 'some', count: null, of: { match: 'all', conditions: [half] } },
        ],
      }),
    ).toEqual({ orders: { some: {} } });
  });

  it('reads and writes periods that are counted from today', () => {
    for (const word of ['last_days:90', 'next_weeks:2', 'before_months:6', 'not_for_days:60'])
      expect(writeCounted(readCounted(word) ?? { way: 'last', unit: 'days', count: 0 })).toBe(word);
    expect(readCounted('not_for_days:60')).toEqual({ way: 'not_for', unit: 'days', count: 60 });
    for (const word of ['this_month', 'last_days', 'last_days:', 'last_years:1', 'last_days:-1'])
      expect(readCounted(word)).toBeUndefined();
  });

  it('reads several tests of one field', () => {
    expect(fromFilterJson({ a: { gte: 1, lte: 2 } }).conditions).toHaveLength(2);
  });

  it('has no filter when nothing is said', () => {
    expect(toFilterJson({ match: 'all', conditions: [] })).toBeUndefined();
    expect(
      toFilterJson({ match: 'all', conditions: [{ field: 'a', operator: 'contains', value: '' }] }),
    ).toBeUndefined();
    expect(fromFilterJson(undefined).conditions).toEqual([]);
    expect(fromFilterJson({}).conditions).toEqual([]);
  });

  it('knows half-made conditions', () => {
    expect(isComplete({ field: 'a', operator: 'between', value: [1, null] })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'between', value: [1, 2] })).toBe(true);
    expect(isComplete({ field: 'a', operator: 'in', value: [] })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'empty', value: null })).toBe(true);
    expect(isComplete({ field: 'a', operator: 'eq', value: false })).toBe(true);
  });

  it('offers operators for every comparison but none', () => {
    expect(operatorsFor('none')).toEqual([]);
    expect(operatorsFor('date')[0]).toBe('relative');
  });
});
