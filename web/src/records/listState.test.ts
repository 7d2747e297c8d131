import { describe, expect, it } from 'vitest';
import {
  cycleSort,
  differsFromView,
  fromApiView,
  type ListState,
  lookedAt,
  parseSort,
  readListState,
  stateOfView,
  toApiView,
  viewStateOf,
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
      widths: { name: 300, phone: 90 },
      freeze: 0,
      rows: 'wrap',
      colors: [{ when: { stage: { in: ['customer'] } }, color: 'green', on: 'name' }, { scale: 'employees' }],
      group: { field: 'due_on', unit: 'fiscal', folded: true },
      open: '0H6',
      deleted: true,
      as: 'board',
      by: 'stage',
    };
    expect(readListState(writeListState(state))).toEqual(state);
    expect(writeListState({})).toEqual({});
  });

  it('goes into a view as text and comes back as it was', () => {
    const view = { group: { field: 'stage' }, colors: [{ scale: 'employees' }] };
    expect(toApiView(view)).toEqual({ group: 'stage', colors: [{ scale: 'employees' }] });
    expect(fromApiView(toApiView(view))).toEqual(view);
    expect(differsFromView({ view: '1', ...view }, fromApiView(toApiView(view)))).toBe(false);
    expect(differsFromView({ view: '1' }, view)).toBe(true);
  });

  it('leaves out what is malformed', () => {
    expect(
      readListState({ filter: '{broken', columns: 3, sort: ['x'], q: '', open: null, as: 'cards', by: {} }),
    ).toEqual({});
    expect(readListState({ widths: 'a:x,b', freeze: '-1', rows: 'huge' })).toEqual({});
    expect(readListState({ widths: 'a:120,b:9999,c:80', freeze: 1 })).toEqual({ widths: { a: 120, c: 80 } });
    expect(readListState({ colors: [{ color: 'pink', when: {} }, { when: [] }, 3], group: 'a b' })).toEqual(
      {},
    );
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

  it('keeps with a view whether it is a board, and of what', () => {
    const view = viewStateOf({ as: 'board', by: 'stage', q: 'x', open: '9' });
    expect(view).toEqual({ as: 'board', by: 'stage', q: 'x' });
    expect(stateOfView('1', view)).toEqual({ view: '1', as: 'board', by: 'stage', q: 'x' });
    expect(differsFromView({ view: '1', q: 'x' }, view)).toBe(true);
    // Of a table it is not told what a board would be made of.
    expect(viewStateOf({ by: 'stage' })).toEqual({});
  });

  it('keeps with a view how a calendar is looked at, and not the day', () => {
    const state = readListState({ as: 'calendar', by: 'due_on', span: 'week', day: '2026-11-23' });
    expect(state).toEqual({ as: 'calendar', by: 'due_on', span: 'week', day: '2026-11-23' });
    expect(readListState(writeListState(state))).toEqual(state);
    expect(viewStateOf(state)).toEqual({ as: 'calendar', by: 'due_on', span: 'week' });
    expect(differsFromView({ ...state, day: '2027-01-01' }, viewStateOf(state))).toBe(false);
    expect(readListState({ as: 'year', span: 'year', day: '2026-02-30' })).toEqual({});
    // What belongs to a calendar is not taken along to a board.
    expect(viewStateOf({ ...state, ...lookedAt('board') })).toEqual({ as: 'board' });
  });
});
