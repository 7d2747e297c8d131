import { describe, expect, it } from 'vitest';
import { type FieldKind, type FieldMeta, type FieldValue, fieldKinds } from '@/api';
import { kindOf, registry } from './registry';

function fieldOf(kind: FieldKind): FieldMeta {
  return {
    id: 1,
    key: 'f',
    kind,
    label: { ja: '項目', en: 'Field' },
    comparison: 'text',
    options: [
      { key: 'active', label: { ja: '既存', en: 'Active' }, color: 'green' },
      { key: 'lost', label: { ja: '離反', en: 'Lost' } },
    ],
  };
}

describe('registry', () => {
  it('knows every kind of the API', () => {
    expect(Object.keys(registry).sort()).toEqual([...fieldKinds].sort());
  });

  it('shows a kind it does not know yet as text', () => {
    expect(kindOf('signature')).toBe(registry.text);
  });

  it.each(fieldKinds)('%s is empty text for an empty value', (kind) => {
    const { text } = registry[kind];
    expect(text(undefined, fieldOf(kind), 'ja')).toBe('');
    expect(text(null, fieldOf(kind), 'en')).toBe('');
  });

  // What is typed -> what is sent -> how it is shown.
  const cases: [FieldKind, string, FieldValue, string][] = [
    ['text', ' 山田製作所 ', '山田製作所', '山田製作所'],
    ['long_text', '一行目\n二行目', '一行目\n二行目', '一行目\n二行目'],
    ['kana', 'やまだ', 'ヤマダ', 'ヤマダ'],
    ['email', 'ｉｎｆｏ@example.jp', 'info@example.jp', 'info@example.jp'],
    ['emails', 'a@example.jp、b@example.jp', ['a@example.jp', 'b@example.jp'], 'a@example.jp、b@example.jp'],
    ['phone', '０３-1234-5678', '03-1234-5678', '03-1234-5678'],
    [
      'phones',
      '03-1234-5678\n090-1234-5678',
      ['03-1234-5678', '090-1234-5678'],
      '03-1234-5678、090-1234-5678',
    ],
    ['url', 'https://example.jp', 'https://example.jp', 'https://example.jp'],
    ['urls', 'a.jp\nb.jp', ['a.jp', 'b.jp'], 'a.jp、b.jp'],
    ['postal_code', '１００-０００１', '100-0001', '〒100-0001'],
    ['prefecture', '東京', '東京都', '東京都'],
    ['integer', '１,２３４人', 1234, '1,234'],
    ['decimal', '1.25', 1.25, '1.25'],
    ['money', '１２万円', 120_000, '120,000円'],
    ['percent', '12.5％', 12.5, '12.5%'],
    ['date', '令和8年4月1日', '2026-04-01', '2026年4月1日(水)'],
    ['month', '３月', 3, '3月'],
    ['yes_no', 'はい', true, 'はい'],
    ['choice', '既存', 'active', '既存'],
    ['choices', '既存、離反', ['active', 'lost'], '既存、離反'],
    ['corporate_number', '7-0000-1205-0002', '7000012050002', '7-0000-1205-0002'],
    ['invoice_number', 't7000012050002', 'T7000012050002', 'T7000012050002'],
    ['tags', '展示会2026、重要', ['展示会2026', '重要'], '展示会2026、重要'],
  ];
  it.each(cases)('%s reads %j', (kind, typed, sent, shown) => {
    const field = kind === 'prefecture' ? { ...fieldOf(kind), options: [] } : fieldOf(kind);
    expect(registry[kind].parse(typed, field)).toEqual(sent);
    expect(registry[kind].text(sent, field, 'ja')).toBe(shown);
  });

  it('reads a time in the reader’s zone', () => {
    const at = new Date(2026, 3, 1, 10, 30).toISOString();
    expect(registry.date_time.parse('2026/4/1 10:30', fieldOf('date_time'))).toBe(at);
    expect(registry.date_time.text(at, fieldOf('date_time'), 'ja')).toBe('2026/04/01 10:30');
  });

  it('shows linked records and users by their titles', () => {
    for (const kind of ['link', 'user'] as const)
      expect(registry[kind].text({ id: '1', title: '山田' }, fieldOf(kind), 'ja')).toBe('山田');
    for (const kind of ['links', 'users'] as const)
      expect(registry[kind].text([{ id: '1', title: '山田' }, { hidden: true }], fieldOf(kind), 'ja')).toBe(
        '山田',
      );
    expect(registry.file.text({ id: '1', name: 'a.pdf', size: 1, type: 'x' }, fieldOf('file'), 'ja')).toBe(
      'a.pdf',
    );
  });

  it('keeps text it cannot read, for the server to say what is wrong', () => {
    for (const kind of ['integer', 'money', 'date', 'date_time', 'choice', 'yes_no'] as const)
      expect(registry[kind].parse('よく分からない', fieldOf(kind))).toBe('よく分からない');
  });
});
