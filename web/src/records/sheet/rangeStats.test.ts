import { expect, it } from 'vitest';
import type { FieldMeta, RecordData } from '@/api';
import { rangeStats } from './rangeStats';

const field = (key: string, kind: string): FieldMeta => ({ key, kind }) as FieldMeta;
const record = (values: object): RecordData => values as RecordData;

it('counts and sums what is chosen', () => {
  const records = [
    record({ amount: 1000, memo: 'あ', month: 4 }),
    record({ amount: 500, memo: '' }),
    record({}),
  ];
  const amount = field('amount', 'money');
  expect(rangeStats(records, [amount, field('memo', 'text'), field('month', 'month')])).toEqual({
    cells: 9,
    filled: 4,
    numbers: 2,
    sum: 1500,
    money: true,
  });
  expect(rangeStats([record({ amount: 0.1, rate: 0.2 })], [amount, field('rate', 'decimal')])).toMatchObject({
    sum: 0.3,
    money: false,
  });
});
