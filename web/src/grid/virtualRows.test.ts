import { describe, expect, it } from 'vitest';
import { contentHeight, kMaxPixels, pageStep, rowsBySlot, scrollToRow, visibleRows } from './virtualRows';

describe('virtualRows', () => {
  it('draws only what is on the screen and a little more', () => {
    const window = visibleRows(1000, 30, 300, 600, 5);
    expect(window).toEqual({ first: 15, last: 35, top: 450 });
  });

  it('draws nothing for an empty list or a hidden frame', () => {
    expect(visibleRows(0, 30, 300, 0, 5).last).toBe(0);
    expect(visibleRows(10, 30, 0, 0, 5).last).toBe(0);
  });

  it.each([30, 38, 44])('reaches the last of a million rows of %i px', (height) => {
    const rows = 1_000_000;
    const view = 700;
    expect(contentHeight(rows, height)).toBe(kMaxPixels);
    const bottom = kMaxPixels - view;
    const window = visibleRows(rows, height, view, bottom, 0);
    expect(window.last).toBe(rows);
    // The last row ends exactly at the bottom of the frame.
    const end = window.top + (window.last - window.first) * height;
    expect(Math.abs(end - (bottom + view))).toBeLessThan(1);
  });

  it('scrolls just enough to show a row, at every depth', () => {
    const rows = 1_000_000;
    const view = 700;
    for (const row of [0, 1, 499_999, 999_999]) {
      const top = scrollToRow(row, rows, 30, view, 0);
      const window = visibleRows(rows, 30, view, top, 0);
      expect(window.first).toBeLessThanOrEqual(row);
      expect(window.last).toBeGreaterThan(row);
    }
    expect(scrollToRow(3, 100, 30, 300, 0)).toBe(0);
    expect(scrollToRow(10, 100, 30, 300, 0)).toBe(30);
  });

  it('leaves rows in their slots while others come and go', () => {
    expect(rowsBySlot(0, 4, 5)).toEqual([0, 1, 2, 3]);
    expect(rowsBySlot(2, 7, 5)).toEqual([5, 6, 2, 3, 4]);
    expect(rowsBySlot(3, 7, 5)).toEqual([5, 6, 3, 4]);
    expect(rowsBySlot(0, 0, 5)).toEqual([]);
  });

  it('moves by a page less one row', () => {
    expect(pageStep(300, 30)).toBe(9);
    expect(pageStep(20, 30)).toBe(1);
  });
});
