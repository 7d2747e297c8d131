import { describe, expect, it } from 'vitest';
import type { FieldMeta, PostalAddress } from '@/api';
import { addressParts, looksLikeAddress, sharedPlace, townLabel } from './addressParts';

const field = (key: string, kind: string, whole?: string) =>
  ({ key, kind, whole, writable: true }) as unknown as FieldMeta;
const fields = [
  field('name', 'text'),
  field('postal_code', 'postal_code', 'address'),
  field('prefecture', 'prefecture', 'address'),
  field('city', 'text', 'address'),
  field('street', 'text', 'address'),
  field('building', 'text', 'address'),
  field('billing_city', 'text', 'billing_address'),
];
const town = (name: string, more: Partial<PostalAddress> = {}): PostalAddress => ({
  postal_code: '4980000',
  prefecture: '愛知県',
  city: '弥富市',
  town: name,
  ...more,
});

describe('addressParts', () => {
  it('finds the parts of the same address only', () => {
    expect(addressParts(fields, 'address')).toEqual({
      postal_code: 'postal_code',
      prefecture: 'prefecture',
      city: 'city',
      street: 'street',
      building: 'building',
    });
    expect(addressParts(fields, 'billing_address')).toEqual({ city: 'billing_city' });
    expect(addressParts(fields, undefined)).toEqual({});
  });
});

describe('looksLikeAddress', () => {
  it('knows a whole address from a part of one', () => {
    for (const text of [
      '東京都千代田区丸の内1-1-1',
      '〒100-0001 東京都千代田区千代田1-1',
      '四日市市諏訪町1-5',
      '神奈川県横浜市中区日本大通1',
      '100-0001 千代田区',
    ])
      expect(looksLikeAddress(text), text).toBe(true);
    for (const text of [
      '',
      '千代田区',
      '丸の内1-1-1',
      '横浜市',
      '西多摩郡瑞穂町',
      '都町1-2',
      '市場町3',
      'パレスビル',
    ])
      expect(looksLikeAddress(text), text).toBe(false);
  });
});

describe('sharedPlace', () => {
  it('keeps what all towns of a code agree on', () => {
    expect(sharedPlace([town('五明'), town('鎌島')])).toEqual({
      prefecture: '愛知県',
      city: '弥富市',
      town: '',
    });
    expect(sharedPlace([town('五明')])).toEqual({ prefecture: '愛知県', city: '弥富市', town: '五明' });
    expect(sharedPlace([town('五明'), town('下野', { city: '木曽岬町', prefecture: '三重県' })])).toEqual({
      prefecture: '',
      city: '',
      town: '',
    });
    expect(sharedPlace([])).toBeNull();
  });
  it('names the city where the towns lie in several', () => {
    const items = [town('五明'), town('', { city: '木曽岬町' })];
    expect(items.map((item) => townLabel(item, items))).toEqual(['弥富市五明', '木曽岬町']);
    expect(townLabel(town('本町', { note: '１丁目' }), [town('本町'), town('新町')])).toBe('本町（１丁目）');
  });
});
