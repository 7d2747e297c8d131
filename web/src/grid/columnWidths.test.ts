import { describe, expect, it } from 'vitest';
import { frozenInside, placed, spreadWidths } from './columnWidths';

const columns = [{ width: 240, growTo: 420 }, { width: 100 }, { width: 160, growTo: 250 }];
const widths = (room: number) => spreadWidths(columns, room).map((column) => column.width);

describe('spreadWidths', () => {
  it.each([
    ['no room', 400, [240, 100, 160]],
    ['just enough', 500, [240, 100, 160]],
    ['half of what they want', 635, [330, 100, 205]],
    ['all of it and more', 2000, [420, 100, 250]],
  ])('with %s', (_what, room, expected) => {
    expect(widths(room)).toEqual(expected);
  });

  it('leaves columns alone that nothing may be added to', () => {
    expect(spreadWidths([{ width: 80 }], 500)).toEqual([{ width: 80 }]);
  });
});

describe('frozen columns', () => {
  const wide = [{ width: 240 }, { width: 100 }, { width: 160 }];

  it.each([
    ['as many as are wanted', 2, 1000, 2],
    ['never more than there are', 9, 1000, 3],
    ['fewer where nothing would be left to scroll', 3, 600, 2],
    ['the first one always', 1, 100, 1],
    ['none', 0, 1000, 0],
  ])('%s', (_what, wanted, room, expected) => {
    expect(frozenInside(wide, wanted, room)).toBe(expected);
  });

  it('stand behind one another', () => {
    expect(placed(wide, 2, 84)).toEqual([
      { style: { width: 240, left: 84 }, frozen: 'inner' },
      { style: { width: 100, left: 324 }, frozen: 'edge' },
      { style: { width: 160 }, frozen: undefined },
    ]);
  });
});
