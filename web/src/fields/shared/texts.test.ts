import { describe, expect, it } from 'vitest';
import {
  formatCorporateNumber,
  formatPostalCode,
  isCorporateNumber,
  parsePostalCode,
  phoneHref,
  splitItems,
  toKatakana,
  webHref,
} from './texts';

describe('texts', () => {
  it('reads postal codes in any width', () => {
    expect(parsePostalCode('〒１００－０００１')).toBe('100-0001');
    expect(parsePostalCode('1000001')).toBe('100-0001');
    expect(parsePostalCode('100')).toBeNull();
    expect(formatPostalCode('1000001')).toBe('〒100-0001');
  });

  it('links phones and only web addresses', () => {
    expect(phoneHref('０３-1234-5678')).toBe('tel:0312345678');
    expect(phoneHref('+81 3-1234-5678')).toBe('tel:+81312345678');
    expect(webHref('https://example.jp/a')).toBe('https://example.jp/a');
    expect(webHref('example.jp/a')).toBe('https://example.jp/a');
    expect(webHref('javascript:alert(1)')).toBeNull();
    expect(webHref('なし')).toBeNull();
  });

  it('splits pasted items once each', () => {
    expect(splitItems('a、b\nc, a')).toEqual(['a', 'b', 'c']);
    expect(splitItems('  ')).toEqual([]);
  });

  it('keeps readings in katakana', () => {
    expect(toKatakana('やまだ ﾊﾅｺ')).toBe('ヤマダ ハナコ');
  });

  it('checks 法人番号', () => {
    expect(isCorporateNumber('7000012050002')).toBe(true);
    expect(isCorporateNumber('7000012050003')).toBe(false);
    expect(isCorporateNumber('７０００-０１２０-５０００-２')).toBe(true);
    expect(formatCorporateNumber('7000012050002')).toBe('7-0000-1205-0002');
  });
});
