import { describe, expect, it } from 'vitest';
import {
  type FilterModel,
  fromFilterJson,
  isComplete,
  type Json,
  operatorsFor,
  toFilterJson,
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
      'what the builder cannot show',
      { and: [{ orders: { some: { date: { gte: '2026-01-01' } } } }, { a: { eq: 1 } }] },
      {
        match: 'all',
        conditions: [
          { raw: { orders: { some: { date: { gte: '2026-01-01' } } } } },
          { field: 'a', operator: 'eq', value: 1 },
        ],
      },
    ],
    [
      'an or whose part holds two conditions',
      { or: [{ a: { gte: 1, lte: 2 } }, { b: { eq: 3 } }] },
      {
        match: 'any',
        conditions: [{ raw: { a: { gte: 1, lte: 2 } } }, { field: 'b', operator: 'eq', value: 3 }],
      },
    ],
  ];

  it.each(cases)('reads and writes %s', (_name, json, model) => {
    expect(fromFilterJson(json)).toEqual(model);
    expect(toFilterJson(model)).toEqual(json);
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
