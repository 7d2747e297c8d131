import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { type ColorRule, kMostRules, numberOf, paintOf, readColors, stepOf } from './colorRules';

const record = { id: '1', object: 'deal', version: 1, title: '', updated_at: '', amount: 80 } as RecordData;
const met = (why: string, ...ids: string[]) => ({ ids: new Set(ids), why });
const rule = (color: 'red' | 'green', on?: string): ColorRule => ({ when: {}, color, ...(on ? { on } : {}) });

describe('colorRules', () => {
  it('lets the first rule win, cell by cell', () => {
    const red = { color: 'red', why: 'a' };
    expect(paintOf(record, [rule('red'), rule('green', 'amount')], [met('a', '1'), met('b', '1')])).toEqual({
      row: red,
    });
    expect(paintOf(record, [rule('red', 'amount'), rule('green')], [met('a', '1'), met('b', '1')])).toEqual({
      cells: { amount: red },
      row: { color: 'green', why: 'b' },
    });
    expect(
      paintOf(record, [rule('red', 'amount'), rule('green', 'amount')], [met('a', '1'), met('b', '1')]),
    ).toEqual({ cells: { amount: red } });
    expect(paintOf(record, [rule('red')], [met('a', '2')])).toBeUndefined();
    expect(paintOf(record, [rule('red')], [])).toBeUndefined();
  });

  it('shades from the lowest to the highest of the list', () => {
    const ends = { low: 0, high: 100 };
    expect([0, 19, 20, 55, 79, 80, 100].map((value) => stepOf(value, ends))).toEqual([
      'low',
      'low',
      'lower',
      'middle',
      'higher',
      'high',
      'high',
    ]);
    expect(stepOf(undefined, ends)).toBeUndefined();
    expect(stepOf(5, { low: 5, high: 5 })).toBeUndefined();
    expect(paintOf(record, [{ scale: 'amount' }], [{ ends, why: 's' }])).toEqual({
      cells: { amount: { color: 'high', why: 's' } },
    });
    expect(paintOf(record, [{ scale: 'none' }], [{ ends, why: 's' }])).toBeUndefined();
  });

  it('takes days as numbers, and texts as none', () => {
    expect((numberOf('2026-04-02') ?? 0) - (numberOf('2026-04-01') ?? 0)).toBe(86_400_000);
    expect([numberOf('12.5'), numberOf(3), numberOf(''), numberOf('なし'), numberOf(null)]).toEqual([
      12.5,
      3,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads what an address says and leaves out the rest', () => {
    const good = { when: { a: { eq: 1 } }, color: 'blue', on: 'a' };
    expect(readColors([good, { when: { a: 1 }, color: 'url(x)' }, null])).toEqual([good]);
    expect(readColors(JSON.stringify([good]))).toEqual([good]);
    expect(readColors('{')).toEqual([]);
    expect(readColors(Array.from({ length: 30 }, () => good))).toHaveLength(kMostRules);
  });
});
