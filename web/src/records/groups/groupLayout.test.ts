import { describe, expect, it } from 'vitest';
import type { Group } from './grouping';
import { headingRecord, isHeading, layoutOf, partsOf, placeOf } from './groupLayout';

const group = (key: string, count: number): Group => ({
  key,
  name: { value: key },
  filter: {},
  numbers: { count, sums: { amount: count * 10 } },
});
const groups = [group('a', 3), group('b', 2), group('c', 250)];
const head = (of: Group) => headingRecord('deal', of, 'name', of.key);
// a 0 | 1 2 3 | b 4 (closed) | c 5 | 6 ...
const layout = layoutOf(groups, ({ key }) => key !== 'b', head);

describe('groupLayout', () => {
  it('counts headings and the records of open groups', () => {
    expect(layout.rows).toBe(1 + 3 + 1 + 1 + 250);
    expect(layout.spans.map(({ start, count }) => [start, count])).toEqual([
      [0, 3],
      [4, 0],
      [5, 250],
    ]);
    expect(layoutOf([], () => true, head).rows).toBe(0);
  });

  it('knows the place of every row', () => {
    const place = (row: number) => {
      const found = placeOf(layout, row);
      return found && `${found.span.group.key}${found.at}`;
    };
    expect([0, 1, 3, 4, 5, 6, 255].map(place)).toEqual(['a-1', 'a0', 'a2', 'b-1', 'c-1', 'c0', 'c249']);
    expect([place(-1), place(256)]).toEqual([undefined, undefined]);
  });

  it('tells which records of which groups a range of rows holds', () => {
    const parts = (first: number, last: number) =>
      partsOf(layout, first, last).map((part) => [part.span.group.key, part.heading, part.first, part.last]);
    expect(parts(2, 6)).toEqual([
      ['a', false, 1, 2],
      ['b', true, 0, -1],
      ['c', true, 0, 0],
    ]);
    expect(parts(0, 0)).toEqual([['a', true, 0, -1]]);
    expect(parts(100, 120)).toEqual([['c', false, 94, 114]]);
    expect(parts(300, 310)).toEqual([]);
    // Every row once.
    const rows = partsOf(layout, 0, layout.rows - 1).reduce(
      (sum, part) => sum + (part.heading ? 1 : 0) + (part.last - part.first + 1),
      0,
    );
    expect(rows).toBe(layout.rows);
  });

  it('makes headings that are no records and hold the sums', () => {
    const heading = head(group('a', 3));
    expect(isHeading(heading)).toBe(true);
    expect(isHeading({ id: '0H5' })).toBe(false);
    expect(heading).toMatchObject({ name: 'a', title: 'a', amount: 30 });
  });
});
