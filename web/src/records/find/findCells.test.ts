import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { around, finderOf, firstFrom, hitsIn } from './findCells';

const columns = ['name', 'phone', 'amount'];
const record = (values: Record<string, string>) =>
  ({ id: '1', object: 'company', version: 1, title: '', updated_at: '', ...values }) as RecordData;
const texts = (of: RecordData, column: string) => [String(of[column] ?? '')];
const find = (wanted: string, values: Record<string, string>) => {
  const found = finderOf(wanted, columns, texts, new WeakMap());
  return found && hitsIn(7, record(values), columns, found).map(({ column }) => columns[column]);
};

describe('findCells', () => {
  it.each([
    ['㈱山田', '株式会社山田商店'],
    ['(株)山田', '山田商店㈱'],
    ['㈱山田', '有限会社山田'],
    ['髙橋', '高橋工業'],
    ['やまだ', 'ヤマダ電機'],
    ['ﾔﾏﾀﾞ', 'やまだ'],
    ['ＡＢＣ', 'abc商事'],
    ['山田 商店', '山田商店'],
  ])('finds %s in %s', (wanted, name) => {
    expect(find(wanted, { name })).toEqual(['name']);
  });

  it.each([
    ['山本', '山田商店'],
    ['㈱', '有限会社山田'],
  ])('does not find %s in %s', (wanted, name) => {
    expect(find(wanted, { name })).toEqual([]);
  });

  it('finds numbers without their signs, and signs alone as they are', () => {
    expect(find('0312345678', { phone: '03-1234-5678' })).toEqual(['phone']);
    expect(find('1200000', { amount: '1,200,000' })).toEqual(['amount']);
    expect(find('@', { name: 'a@example.jp', phone: '03' })).toEqual(['name']);
    expect(find('12', { phone: '0312', amount: '120' })).toEqual(['phone', 'amount']);
    expect(find('  ', { name: 'a' })).toBeUndefined();
  });

  it('tells the same set for the same record, so that rows need not be drawn anew', () => {
    const found = finderOf('a', columns, texts, new WeakMap());
    const one = record({ name: 'a' });
    expect(found?.inRecord(one)).toBe(found?.inRecord(one));
  });

  it('steps around the ends', () => {
    const hits = [
      { row: 1, column: 2 },
      { row: 4, column: 0 },
    ];
    expect(firstFrom(hits, { row: 1, column: 2 })).toBe(0);
    expect(firstFrom(hits, { row: 1, column: 3 })).toBe(1);
    expect(firstFrom(hits, { row: 5, column: 0 })).toBe(-1);
    expect([around(1, 2, false), around(0, 2, true), around(-1, 2, true), around(-1, 0, false)]).toEqual([
      0, 1, 1, -1,
    ]);
  });
});
