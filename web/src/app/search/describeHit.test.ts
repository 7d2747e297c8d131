import { describe, expect, it } from 'vitest';
import type { ObjectMeta, SearchHit } from '@/api';
import { namedFirst, readingOf, whereFound } from './describeHit';

const company = {
  key: 'company',
  title: 'name',
  fields: [
    { key: 'name', kind: 'text', label: { ja: '会社名', en: 'Name' } },
    { key: 'name_kana', kind: 'kana', label: { ja: 'かな', en: 'Kana' } },
    { key: 'city', kind: 'text', label: { ja: '市区町村', en: 'City' } },
  ],
} as unknown as ObjectMeta;
const hit = (title: string, matches: SearchHit['matches'], subtitle = ''): SearchHit => ({
  object: 'company',
  id: title,
  title,
  subtitle,
  matches,
});

describe('a hit', () => {
  it('shows its reading beside the name and other places below', () => {
    const found = hit('大阪山田塗装', [
      { field: 'name_kana', text: 'オオサカヤマダトソウ' },
      { field: 'city', text: '山田市' },
    ]);
    expect(readingOf(found, company)).toBe('オオサカヤマダトソウ');
    expect(whereFound(found, company, (label) => label?.ja ?? '')).toEqual(['市区町村: 山田市']);
  });
  it('does not say twice what its second line says', () => {
    const found = hit('甲', [{ field: 'city', text: '山田市' }], '既存 · 山田市');
    expect(whereFound(found, company, (label) => label?.ja ?? '')).toEqual([]);
  });
  it('comes first when the words are its name or reading', () => {
    const hits = [
      hit('街', [{ field: 'city', text: '山田市' }]),
      hit('山田工業', []),
      hit('ヤマダ電気', [{ field: 'name_kana', text: 'ヤマダデンキ' }]),
    ];
    expect(namedFirst(hits, [company], '山田').map((each) => each.title)).toEqual([
      '山田工業',
      '街',
      'ヤマダ電気',
    ]);
    expect(namedFirst(hits, [company], 'やまだ')[0]?.title).toBe('ヤマダ電気');
  });
});
