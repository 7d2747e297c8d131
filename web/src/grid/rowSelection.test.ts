import { describe, expect, it } from 'vitest';
import { extendRows, noRows, toggleAll, toggleRow } from './rowSelection';

const ids = ['a', 'b', undefined, 'd', 'e'];
const idAt = (row: number) => ids[row];

describe('rowSelection', () => {
  it('ticks and unticks one row', () => {
    const one = toggleRow(noRows, 1, 'b');
    expect([...one.ids]).toEqual(['b']);
    expect(toggleRow(one, 1, 'b').ids.size).toBe(0);
  });

  it('ticks a range both ways and reports rows not loaded', () => {
    const down = extendRows(toggleRow(noRows, 1, 'b'), 4, idAt);
    expect([...down.selection.ids].sort()).toEqual(['b', 'd', 'e']);
    expect(down.missing).toBe(1);
    const up = extendRows(toggleRow(noRows, 4, 'e'), 3, idAt);
    expect([...up.selection.ids].sort()).toEqual(['d', 'e']);
  });

  it('keeps the anchor so that a range can be changed', () => {
    const first = extendRows(toggleRow(noRows, 0, 'a'), 1, idAt).selection;
    expect(first.anchor).toBe(0);
  });

  it('ticks all that is loaded, then none', () => {
    const all = toggleAll(noRows, ['a', 'b']);
    expect(all.ids.size).toBe(2);
    expect(toggleAll(all, ['a', 'b']).ids.size).toBe(0);
    expect(toggleAll(noRows, []).ids.size).toBe(0);
  });
});
