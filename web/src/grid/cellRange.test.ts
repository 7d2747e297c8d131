import { describe, expect, it } from 'vitest';
import { filledTo, keptInside, pickOne, pickRange, rangeOf, stepped } from './cellRange';

const block = { top: 2, left: 1, bottom: 3, right: 2 };

describe('what is chosen', () => {
  it('is a rectangle, whichever corner moved', () => {
    expect(
      rangeOf({ active: { row: 5, column: 3 }, anchor: { row: 5, column: 3 }, head: { row: 2, column: 4 } }),
    ).toEqual({ top: 2, left: 3, bottom: 5, right: 4 });
  });

  it('stays in a sheet that grew shorter', () => {
    const picked = pickRange({ top: 3, left: 0, bottom: 9, right: 1 });
    expect(keptInside(picked, 20, 5)).toBe(picked);
    expect(rangeOf(keptInside(picked, 5, 1))).toEqual({ top: 3, left: 0, bottom: 4, right: 0 });
    expect(keptInside(picked, 0, 1).active).toEqual({ row: 0, column: 0 });
  });
});

describe('Enter and Tab', () => {
  it('go to the next cell', () => {
    expect(stepped(pickOne({ row: 4, column: 2 }), 'down', false)).toEqual(pickOne({ row: 5, column: 2 }));
    expect(stepped(pickOne({ row: 4, column: 2 }), 'right', true)).toEqual(pickOne({ row: 4, column: 1 }));
  });

  it('go around in a rectangle and leave it chosen', () => {
    let picked = pickRange(block);
    const seen = [];
    for (let time = 0; time < 5; ++time) {
      seen.push([picked.active.row, picked.active.column]);
      picked = stepped(picked, 'down', false);
    }
    expect(seen).toEqual([
      [2, 1],
      [3, 1],
      [2, 2],
      [3, 2],
      [2, 1],
    ]);
    expect(rangeOf(picked)).toEqual(block);
    expect(stepped(pickRange(block), 'right', true).active).toEqual({ row: 3, column: 2 });
  });
});

describe('the fill handle', () => {
  it('fills the way it was dragged farthest', () => {
    expect(filledTo(block, { row: 7, column: 2 })).toEqual({ top: 4, left: 1, bottom: 7, right: 2 });
    expect(filledTo(block, { row: 0, column: 1 })).toEqual({ top: 0, left: 1, bottom: 1, right: 2 });
    expect(filledTo(block, { row: 3, column: 4 })).toEqual({ top: 2, left: 3, bottom: 3, right: 4 });
    expect(filledTo(block, { row: 2, column: 0 })).toEqual({ top: 2, left: 0, bottom: 3, right: 0 });
    expect(filledTo(block, { row: 3, column: 2 })).toBeUndefined();
  });
});
