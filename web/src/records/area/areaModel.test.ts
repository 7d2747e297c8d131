import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, Summary } from '@/api';
import { areaField, areaFields, areaFilter, areasOf, cityOf, ranked } from './areaModel';

// JIS X 0401.
const names =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  );
const field = (key: string, more: Partial<FieldMeta> = {}) =>
  ({ key, kind: 'text', label: { ja: key, en: key }, ...more }) as FieldMeta;
const prefecture = field('prefecture', {
  kind: 'prefecture',
  whole: 'address',
  options: names.map((key) => ({ key, label: { ja: key, en: key } })),
});
const billing = field('billing_prefecture', { kind: 'prefecture', whole: 'billing_address' });
const object = {
  fields: [
    field('name'),
    prefecture,
    field('city', { whole: 'address' }),
    billing,
    field('billing_city', { masked: true }),
  ],
} as ObjectMeta;
const group = (value: string | null, count: number, total = 0) => ({ value, count, sums: { total } });
const summary = {
  groups: [group('東京都', 12, 300), group('沖縄県', 3, 5), group('神奈川県', 2), group(null, 4, 1)],
  count: 21,
  sums: { total: 306 },
  exact: true,
} as Summary;

describe('what a list can be counted by', () => {
  it('are the prefectures that can be read', () => {
    expect(areaFields(object).map(({ key }) => key)).toEqual(['prefecture', 'billing_prefecture']);
    expect(areaField(object, 'billing_prefecture')?.key).toBe('billing_prefecture');
    expect(areaField(object, 'name')?.key).toBe('prefecture');
    expect(areaField({ fields: [field('name')] } as ObjectMeta, undefined)).toBeUndefined();
  });

  it('and the city of the same address', () => {
    expect(cityOf(object, prefecture)?.key).toBe('city');
    expect(cityOf(object, billing)).toBeUndefined();
  });
});

describe('areas', () => {
  const areas = areasOf(prefecture, summary, 'total');

  it('hold all 47 prefectures in the regions they belong to', () => {
    expect(areas.regions.flatMap(({ rows }) => rows).map(({ key }) => key)).toEqual(names);
    const of = (name: string) =>
      areas.regions.find(({ rows }) => rows.some(({ key }) => key === name))?.label.ja;
    expect(
      [
        '北海道',
        '福島県',
        '茨城県',
        '新潟県',
        '愛知県',
        '三重県',
        '和歌山県',
        '鳥取県',
        '徳島県',
        '福岡県',
        '沖縄県',
      ].map(of),
    ).toEqual([
      '北海道',
      '東北',
      '関東',
      '中部',
      '中部',
      '近畿',
      '近畿',
      '中国',
      '四国',
      '九州・沖縄',
      '九州・沖縄',
    ]);
  });

  it('add up', () => {
    const kanto = areas.regions.find(({ label }) => label.ja === '関東');
    expect([kanto?.count, kanto?.sum]).toEqual([14, 300]);
    expect(areas.nowhere).toEqual({ key: null, count: 4, sum: 1 });
    expect(areas.total).toEqual({ count: 21, sum: 306 });
    expect(ranked(areas).map(({ key }) => key)).toEqual(['東京都', '沖縄県', '神奈川県']);
  });
});

describe('the list behind a row', () => {
  it('has the conditions of the view beside its own', () => {
    expect(areaFilter(undefined, prefecture, '東京都')).toEqual({ prefecture: { eq: '東京都' } });
    expect(
      areaFilter({ and: [{ stage: { eq: 'customer' } }, { rank: { eq: 'a' } }] }, prefecture, null),
    ).toEqual({
      and: [{ stage: { eq: 'customer' } }, { rank: { eq: 'a' } }, { prefecture: { empty: true } }],
    });
    expect(
      areaFilter({ or: [{ a: { eq: 1 } }] }, prefecture, '東京都', { field: field('city'), key: '港区' }),
    ).toEqual({
      and: [{ or: [{ a: { eq: 1 } }] }, { prefecture: { eq: '東京都' } }, { city: { eq: '港区' } }],
    });
  });
});
