import { describe, expect, it } from 'vitest';
import type { ObjectMeta } from '@/api';
import { entryKinds } from './entryKinds';
import {
  isLineEmpty,
  type LineDraft,
  lineAmount,
  lineErrors,
  linesTotal,
  linesWithoutQuantity,
  lineValues,
  newLine,
} from './orderLines';

const fields = entryKinds.find((kind) => kind.key === 'order')?.lines;
if (!fields) throw new Error('an order has lines');
const object = (...readOnly: string[]) =>
  ({
    key: 'order_line',
    plural: 'order_lines',
    fields: ['product', 'description', 'quantity', 'unit_price', 'position'].map((key) => ({
      key,
      writable: !readOnly.includes(key),
    })),
  }) as unknown as ObjectMeta;
const bolt = { id: 'P1', title: '六角ボルト' };
const line = (part: Partial<LineDraft>): LineDraft => ({ ...newLine(1), ...part });

describe('lineAmount', () => {
  it.each<[string, Partial<LineDraft>, number | undefined]>([
    ['three boxes', { quantity: 3, price: 1200 }, 3600],
    ['a fraction', { quantity: 0.35, price: 990 }, 347],
    ['a half, up', { quantity: 0.5, price: 5 }, 3],
    ['a half that binary numbers miss', { quantity: 1.005, price: 100 }, 101],
    ['a discount, halves away from zero', { quantity: 0.5, price: -5 }, -3],
    ['no price yet', { quantity: 2 }, undefined],
    ['text that is no number', { quantity: 'たくさん', price: 100 }, undefined],
  ])('%s', (_what, part, amount) => {
    expect(lineAmount(line(part))).toBe(amount);
  });
});

describe('linesTotal', () => {
  it('adds what is known', () => {
    expect(linesTotal([line({ price: 100 }), line({}), line({ quantity: 2, price: 50 })])).toBe(200);
  });
});

describe('lineValues', () => {
  it('sends what says something, numbered', () => {
    const lines = [
      line({ item: bolt, quantity: 3 }),
      line({}),
      line({ item: { id: '', title: '送料' }, price: 500 }),
    ];
    expect(lineValues(lines, object(), fields)).toEqual([
      { product: 'P1', quantity: 3, position: 1 },
      { description: '送料', quantity: 1, unit_price: 500, position: 2 },
    ]);
  });

  it('leaves out what the caller may not write', () => {
    expect(lineValues([line({ item: bolt, price: 9 })], object('unit_price', 'position'), fields)).toEqual([
      { product: 'P1', quantity: 1 },
    ]);
  });
});

describe('linesWithoutQuantity', () => {
  it('names the lines that say what but not how many', () => {
    const lines = [
      line({ key: 3, item: bolt, quantity: null }),
      line({ key: 4, quantity: null }),
      line({ key: 5, item: bolt }),
    ];
    expect(linesWithoutQuantity(lines)).toEqual([3]);
  });
});

describe('isLineEmpty', () => {
  it('is so until a product or a price stands there', () => {
    expect(isLineEmpty(line({ quantity: 5 }))).toBe(true);
    expect(isLineEmpty(line({ price: 0 }))).toBe(false);
    expect(isLineEmpty(line({ item: bolt }))).toBe(false);
  });
});

describe('lineErrors', () => {
  it('finds the row although empty ones were not sent', () => {
    const lines = [{ ...newLine(7), item: bolt }, newLine(8), { ...newLine(9), item: bolt, quantity: null }];
    const found = lineErrors(lines, 'order_lines', {
      'order_lines.1.quantity': '入れてください。',
      ordered_on: '日付として読めません。',
      'order_lines.5.quantity': 'ない行',
    });
    expect([...found]).toEqual([[9, { quantity: '入れてください。' }]]);
  });
});
