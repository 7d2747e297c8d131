import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '@/api';
import { letterSize, orientationFor, pageRule, percentOf, sharesOf } from './paper';

const field = (key: string, kind = 'text') => ({ key, kind }) as FieldMeta;
const wide = (...widths: number[]) => widths.map((width) => ({ width }));

describe('paper', () => {
  it('stands upright where the columns have room, and lies across else', () => {
    expect(orientationFor(wide(300, 460))).toBe('portrait');
    expect(orientationFor(wide(300, 461))).toBe('landscape');
  });

  it('makes letters smaller for many columns, but never too small to read', () => {
    expect(letterSize(wide(300, 300), 'portrait')).toBe(9);
    expect(letterSize(wide(700, 700), 'landscape')).toBe(7);
    expect(letterSize(wide(9000), 'landscape')).toBe(6.5);
  });

  it('gives each column the width that it has on the screen', () => {
    const shares = sharesOf([field('name'), field('phone')], { phone: 55 }, 'name');
    expect(shares).toEqual([
      { key: 'name', width: 220 },
      { key: 'phone', width: 55 },
    ]);
    expect(shares.map((share) => percentOf(share, shares))).toEqual([80, 20]);
  });

  it('numbers the pages', () => {
    expect(pageRule('landscape')).toContain('size: A4 landscape');
    expect(pageRule('portrait')).toContain('counter(pages)');
  });
});
