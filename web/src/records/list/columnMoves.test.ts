import { describe, expect, it } from 'vitest';
import { movedBefore, movedBy, withoutColumn } from './columnMoves';

const keys = ['a', 'b', 'c', 'd'];

describe('columns of a list', () => {
  it('come before another one', () => {
    expect(movedBefore(keys, 'd', 'b')).toEqual(['a', 'd', 'b', 'c']);
    expect(movedBefore(keys, 'a', 'c')).toEqual(['b', 'a', 'c', 'd']);
    expect(movedBefore(keys, 'b', undefined)).toEqual(['a', 'c', 'd', 'b']);
  });

  it('move by one, and not beyond the ends', () => {
    expect(movedBy(keys, 'b', -1)).toEqual(['b', 'a', 'c', 'd']);
    expect(movedBy(keys, 'b', 1)).toEqual(['a', 'c', 'b', 'd']);
    expect(movedBy(keys, 'a', -1)).toEqual(keys);
    expect(movedBy(keys, 'd', 1)).toEqual(keys);
  });

  it('are hidden with their width, and those behind stay frozen', () => {
    const look = { freeze: 3, widths: { a: 90, b: 200 } };
    expect(withoutColumn(look, keys, 'a')).toEqual({
      columns: ['b', 'c', 'd'],
      freeze: 2,
      widths: { b: 200 },
    });
    expect(withoutColumn(look, keys, 'd')).toEqual({ columns: ['a', 'b', 'c'], ...look });
    expect(withoutColumn({ widths: { a: 90 } }, keys, 'a')).toEqual({ columns: ['b', 'c', 'd'] });
  });
});
