import { describe, expect, it } from 'vitest';
import { spreadWidths } from './columnWidths';

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
