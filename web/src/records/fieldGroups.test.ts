import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import {
  columnFields,
  groupFields,
  isEditable,
  isGroupEmpty,
  readFields,
  sectionsOf,
  withoutRepeats,
} from './fieldGroups';

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    id: 1,
    key,
    kind: 'text',
    label: { ja: key, en: key },
    comparison: 'text',
    writable: true,
    ...more,
  };
}

const address = [
  field('postal_code', {
    whole: 'address',
    label: { ja: '本社 郵便番号', en: 'Head office postal code' },
    section: 'b',
  }),
  field('city', { whole: 'address', label: { ja: '本社 市区町村', en: 'Head office city' }, section: 'b' }),
];
const object = {
  key: 'company',
  title: 'name',
  sections: [
    { key: 'a', label: { ja: '基本', en: 'Basic' } },
    { key: 'b', label: { ja: '連絡先', en: 'Contact' } },
    { key: 'c', label: { ja: '空', en: 'Empty' } },
  ],
  fields: [
    field('name', { in_list: true }),
    ...address,
    field('phone', { section: 'b', in_list: true }),
    field('old', { hidden: true, in_list: true }),
    field('version', { system: true }),
  ],
} as unknown as ObjectMeta;

describe('fieldGroups', () => {
  it('keeps the parts of an address together under what their labels share', () => {
    const groups = groupFields([...address, field('phone')]);
    expect(groups.map((group) => [group.key, group.label.ja, group.fields.length])).toEqual([
      ['address', '本社', 2],
      ['phone', 'phone', 1],
    ]);
    expect(groups[0]?.label.en).toBe('Head office');
  });

  it('takes the first label when the labels share nothing', () => {
    const groups = groupFields([
      field('name', { whole: 'n', label: { ja: '会社名', en: 'Name' } }),
      field('name_kana', { whole: 'n', label: { ja: 'フリガナ', en: 'Kana' } }),
    ]);
    expect(groups[0]?.label).toEqual({ ja: '会社名', en: 'Name' });
  });

  it('calls an address without a name of its own 住所, and a name as its title field', () => {
    const [plain] = groupFields([
      field('postal_code', {
        whole: 'address',
        kind: 'postal_code',
        label: { ja: '郵便番号', en: 'Postal code' },
      }),
      field('city', { whole: 'address', label: { ja: '市区町村', en: 'City' } }),
    ]);
    expect(plain?.label.ja).toBe('住所');
    const [named] = groupFields(
      [
        field('family_name', { whole: 'n', label: { ja: '姓', en: 'Family name' } }),
        field('family_kana', { whole: 'n', kind: 'kana' }),
        field('name', { whole: 'n', label: { ja: '氏名', en: 'Name' }, read_only: true }),
      ],
      'name',
    );
    expect(named?.label.ja).toBe('氏名');
    const taro = { name: '山田 太郎', family_name: '山田', family_kana: 'ヤマダ' };
    expect(named && readFields(named, 'name', taro).map((each) => each.key)).toEqual(['name', 'family_kana']);
  });

  it('puts fields of no section first and leaves out empty sections, hidden and system fields', () => {
    expect(
      sectionsOf(object).map((section) => [section.key, section.groups.map((group) => group.key)]),
    ).toEqual([
      ['a', ['name']],
      ['b', ['address', 'phone']],
    ]);
  });

  it('knows empty groups', () => {
    const [group] = groupFields(address);
    if (!group) throw new Error('no group');
    expect(isGroupEmpty(group, {})).toBe(true);
    expect(isGroupEmpty(group, { city: '港区' })).toBe(false);
  });

  it('shows default or chosen columns, never those that are gone', () => {
    expect(columnFields(object, undefined).map((each) => each.key)).toEqual(['phone']);
    expect(columnFields(object, ['city', 'gone', 'old', 'name']).map((each) => each.key)).toEqual(['city']);
  });

  it('edits only what the caller may write', () => {
    expect(isEditable(field('a'))).toBe(true);
    for (const more of [{ read_only: true }, { writable: false }, { masked: true }, { system: true }])
      expect(isEditable(field('a', more))).toBe(false);
  });
});

describe('withoutRepeats', () => {
  it.each([
    [['ヤマダ', 'タロウ', 'ヤマダ タロウ'], ['ヤマダ タロウ']],
    [['ヤマダ　タロウ', 'ヤマダ タロウ', ''], ['ヤマダ　タロウ']],
    [
      ['ヤマダ', 'タロウ'],
      ['ヤマダ', 'タロウ'],
    ],
    [[''], []],
  ])('of %j', (texts, kept) => {
    expect(withoutRepeats(texts)).toEqual(kept);
  });
});
