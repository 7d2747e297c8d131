import { describe, expect, it } from 'vitest';
import {
  cycleSort,
  differsFromView,
  type ListState,
  parseSort,
  readListState,
  stateOfView,
  writeListState,
  writeSort,
} from './listState';

describe('listState', () => {
  it('survives the address', () => {
    const state: ListState = {
      view: '0H5',
      q: '山田',
      filter: { and: [{ a: { gte: 1 } }] },
      sort: '-updated_at,name_kana',
      columns: ['name', 'phone'],
      open: '0H6',
      deleted: true,
      as: 'board',
      by: 'stage',
    };
    expect(readListState(writeListState(state))).toEqual(state);
    expect(writeListState({})).toEqual({});
  });

  it('leaves out what is malformed', () => {
    expect(
      readListState({ filter: '{broken', columns: 3, sort: ['x'], q: '', open: null, as: 'cards', by: {} }),
    ).toEqual({});
    expect(readListState({ q: 123 })).toEqual({ q: '123' });
    expect(readListState({ filter: '{"a":{"eq":1}}' })).toEqual({ filter: { a: { eq: 1 } } });
  });

  it('reads and writes sorts', () => {
    expect(writeSort(parseSort('-a,b'))).toBe('-a,b');
    expect(parseSort(undefined)).toEqual([]);
    expect(parseSort('-,,')).toEqual([]);
  });

  it('cycles a header: up, down, none', () => {
    const up = cycleSort([], 'a', false);
    expect(writeSort(up)).toBe('a');
    const down = cycleSort(up, 'a', false);
    expect(writeSort(down)).toBe('-a');
    expect(cycleSort(down, 'a', false)).toEqual([]);
    expect(writeSort(cycleSort(down, 'b', false))).toBe('b');
    expect(writeSort(cycleSort(down, 'b', true))).toBe('-a,b');
    expect(writeSort(cycleSort(parseSort('-a,b'), 'b', true))).toBe('-a,-b');
    expect(writeSort(cycleSort(parseSort('-a,-b'), 'b', true))).toBe('-a');
    expect(writeSort(cycleSort(parseSort('a,b'), 'c', true))).toBe('a,c');
  });

  it('knows a changed view whatever the order of keys', () => {
    const view = { filter: { a: { eq: 1 }, b: { eq: 2 } }, sort: 'a' };
    const state = stateOfView('1', view);
    expect(differsFromView({ ...state, filter: { b: { eq: 2 }, a: { eq: 1 } }, open: '9' }, view)).toBe(
      false,
    );
    expect(differsFromView({ ...state, sort: '-a' }, view)).toBe(true);
  });
});
