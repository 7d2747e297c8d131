import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import { cellText, isCopyable, lookUp, plainText, readText, safeText, sameSort } from './cellValues';

const field = (key: string, kind: string, more: object = {}): FieldMeta =>
  ({ id: 1, key, kind, label: { ja: key, en: key }, comparison: 'text', ...more }) as FieldMeta;
const record = (values: object): RecordData => ({ id: 'A', version: 1, ...values }) as unknown as RecordData;

afterEach(() => vi.unstubAllGlobals());

describe('texts of the clipboard', () => {
  it('are no formulas, and phones stay as they are', () => {
    for (const text of ['=HYPERLINK("http://x")', '@SUM(A1)', '+cmd|calc', '-2+3+cmd'])
      expect(plainText(safeText(text)), text).toBe(text);
    expect(safeText('=1+1')).toBe("'=1+1");
    for (const text of ['+81-3-1234-5678', '-1,200', '株式会社山田', "'quoted", ''])
      expect(safeText(text), text).toBe(text);
  });

  it('are what is typed again', () => {
    const date = field('date', 'date');
    expect(cellText(record({ date: '2026-04-01' }), date, 'ja')).toBe('2026/4/1');
    expect(readText('R8/4/1', date)).toBe('2026-04-01');
    const money = field('amount', 'money');
    expect(readText(cellText(record({ amount: 1234567 }), money, 'ja'), money)).toBe(1234567);
    expect(readText('  ', money)).toBeNull();
    expect(readText('山田製作所', field('company', 'link'))).toBeUndefined();
    expect(cellText(record({ phone: 'x' }), field('phone', 'phone', { masked: true }), 'ja')).toBe('＊＊＊');
  });
});

it('values go where they mean the same', () => {
  expect(sameSort(field('a', 'money'), field('b', 'money'))).toBe(true);
  expect(sameSort(field('a', 'choice'), field('b', 'choice'))).toBe(false);
  expect(sameSort(field('a', 'link', { target: 'company' }), field('b', 'link', { target: 'person' }))).toBe(
    false,
  );
  expect(isCopyable(record({ to: { hidden: true } }), field('to', 'link'))).toBe(false);
  expect(isCopyable(record({ to: { id: '1', title: 'x' } }), field('to', 'link'))).toBe(true);
});

it('names are looked up once and must say who is meant', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, init: { body: string }) => {
    asked.push([url, init.body]);
    const items = (JSON.parse(init.body) as { names: string[] }).names.map((name) => ({
      name,
      found: name === '山田' ? [{ id: 'Y', title: '株式会社山田' }] : name === '鈴木' ? [{}, {}] : [],
    }));
    return new Response(JSON.stringify({ items }), { headers: { 'content-type': 'application/json' } });
  });
  const company = { key: 'company', plural: 'companies' } as ObjectMeta;
  const link = field('company', 'link', { target: 'company' });
  const change = (text: string) => ({ record: record({}), field: link, text, value: undefined });
  const { read, unread } = await lookUp(
    [change('山田'), change('山田'), change('鈴木'), change('なし')],
    [company],
  );
  expect(asked).toEqual([['/api/v1/companies/named', JSON.stringify({ names: ['山田', '鈴木', 'なし'] })]]);
  expect(read.map((each) => each.value)).toEqual(Array(2).fill({ id: 'Y', title: '株式会社山田' }));
  expect(unread.map(({ name, why }) => [name, why])).toEqual([
    ['鈴木', 'ambiguous'],
    ['なし', 'unknown'],
  ]);
});
