import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '@/api';
import { aroundProblem, formulaFields, nameInFormula, withInserted } from './formulaText';

const field = (key: string, ja: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  id: 1,
  key,
  kind: 'money',
  label: { ja, en: key },
  comparison: 'number',
  ...more,
});
const ja = (of: { ja: string }) => of.ja;

describe('formula texts', () => {
  it('names a field as it is called, or so that it is understood', () => {
    const fields = [
      field('amount', '金額'),
      field('net', '金額（税抜）'),
      field('a', '原価'),
      field('b', '原価'),
    ];
    expect(fields.map((each) => nameInFormula(each, fields, ja))).toEqual([
      '金額',
      '「金額（税抜）」',
      '{a}',
      '{b}',
    ]);
    expect(nameInFormula(field('year', '2026年'), [], ja)).toBe('「2026年」');
  });

  it('offers what a formula can read', () => {
    const fields = [
      field('amount', '金額'),
      field('self', '粗利'),
      field('gone', '旧', { hidden: true }),
      field('secret', '秘', { masked: true }),
      field('tags', '札', { kind: 'tags' }),
      field('created_at', '登録日時', { kind: 'date_time', system: true }),
      field('version', '版', { system: true }),
    ];
    expect(formulaFields(fields, 'self').map((each) => each.key)).toEqual(['amount', 'created_at']);
  });

  it('puts words where the caret stands', () => {
    expect(withInserted('金額 - ', 5, 5, '原価')).toEqual(['金額 - 原価', 7]);
    expect(withInserted('金額', 2, 2, '原価')).toEqual(['金額 原価', 5]);
    expect(withInserted('1 + 2', 4, 5, '金額')).toEqual(['1 + 金額', 6]);
  });

  it('cuts at the place of a problem, in whole characters', () => {
    expect(aroundProblem('𠮷田 + 件名', 5, 2)).toEqual(['𠮷田 + ', '件名', '']);
    expect(aroundProblem('金額 +', 4, 0)).toEqual(['金額 +', '', '']);
  });
});
