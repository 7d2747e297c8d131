import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { fromFilterJson, type Json } from '@/fields';
import fields from '@/fields/texts.ja.json';
import { conditionText } from '../filterText';
import records from '../texts.ja.json';
import { namedIn, relatedThings, thingOf } from './filterThings';

const may = { read: true, create: true, update: true, delete: true, import: true, export: true };

function field(key: string, kind: string, comparison: FieldMeta['comparison'], ja: string, target?: string) {
  return { key, kind, comparison, label: { ja, en: key }, target } as FieldMeta;
}

function object(
  key: string,
  plural: string,
  ja: string,
  own: FieldMeta[],
  links: ObjectMeta['links_in'] = [],
) {
  const label = { ja, en: key };
  return {
    key,
    plural,
    label,
    plural_label: label,
    title: 'name',
    permissions: may,
    sections: [],
    links_in: links,
    fields: own,
  } as ObjectMeta;
}

const link = (of: string, by: string, ja: string) => ({ object: of, field: by, label: { ja, en: by } });
const company = object(
  'company',
  'companies',
  '会社',
  [
    field('name', 'text', 'text', '会社名'),
    field('last', 'date_time', 'date', '最後の連絡'),
    field('head', 'link', 'link', '代表者', 'person'),
  ],
  [
    link('order', 'company', '受注'),
    link('deal', 'rivals', '商談（競合）'),
    link('deal', 'company', '商談（会社）'),
    link('secret', 'company', '秘密'),
  ],
);
const order = object('order', 'orders', '受注', [
  field('on', 'date', 'date', '受注日'),
  field('company', 'link', 'link', '会社', 'company'),
]);
const deal = object('deal', 'deals', '商談', [
  field('rivals', 'links', 'link', '競合', 'company'),
  field('company', 'link', 'link', '会社', 'company'),
  field('seller', 'user', 'link', '担当'),
]);
const person = object('person', 'people', '人', [field('name', 'text', 'text', '氏名')]);
const objects = [company, order, deal, person];

describe('relatedThings', () => {
  it('are the records that point here and those that fields lead to, as far as they are seen', () => {
    expect(
      relatedThings(company, objects).map(({ related, via, several }) => [related, via, several]),
    ).toEqual([
      ['orders', undefined, true],
      ['deals', 'rivals', true],
      ['deals', 'company', true],
      ['head', undefined, false],
    ]);
    const closed = { ...order, permissions: { ...may, read: false } };
    expect(relatedThings(company, [company, closed])).toEqual([]);
  });

  it('are found by the field that is named, or the one that the server takes', () => {
    expect(thingOf({ related: 'deals', via: 'rivals' }, company, objects)?.label.ja).toBe('商談（競合）');
    expect(thingOf({ related: 'deals' }, company, objects)?.label.ja).toBe('商談（会社）');
    expect(thingOf({ related: 'orders', via: 'company' }, company, objects)?.label.ja).toBe('受注');
    expect(thingOf({ related: 'secrets' }, company, objects)).toBeUndefined();
    expect(thingOf({ related: 'deals', via: 'nothing' }, company, objects)).toBeUndefined();
  });
});

describe('namedIn', () => {
  it('finds the records and users of all depths', () => {
    const { conditions } = fromFilterJson({
      and: [
        { head: { in: ['p1', 'p2'] } },
        { or: [{ head: { in: ['p3'] } }, { deals: { some: { seller: { in: ['me'] } } } }] },
        { name: { contains: 'x' } },
      ],
    });
    expect(namedIn(conditions, company, objects)).toEqual([
      { target: 'person', id: 'p1' },
      { target: 'person', id: 'p2' },
      { target: 'person', id: 'p3' },
      { target: null, id: 'me' },
    ]);
  });
});

describe('conditionText', () => {
  beforeAll(() =>
    i18next.init({
      lng: 'ja',
      resources: { ja: { translation: { fields, records } } },
      interpolation: { escapeValue: false },
    }),
  );

  const cases: [Json, string][] = [
    [{ name: { contains: '山田' } }, '会社名に「山田」を含む'],
    [{ name: { empty: true } }, '会社名が未入力'],
    [{ last: { relative: 'not_for_days:60' } }, '最後の連絡が 60 日以上ない'],
    [{ last: { relative: 'last_months:3' } }, '最後の連絡が 過去 3 か月'],
    [{ last: { gte: '2026-04-01' } }, '最後の連絡が 2026/04/01 以降'],
    [{ head: { in: ['p1'] } }, '代表者が 人p1'],
    [{ head: { in: ['p1', 'p2'] } }, '代表者が 人p1、人p2 のどれか'],
    [{ orders: { some: {} } }, '受注がある'],
    [{ orders: { none: { on: { relative: 'last_days:90' } } } }, '受注がない（受注日が 過去 90 日）'],
    [
      { orders: { where: { on: { relative: 'last_days:90' } }, at_least: 3 } },
      '受注が 3 件以上ある（受注日が 過去 90 日）',
    ],
    [{ deals: { at_most: 1, via: 'rivals' } }, '商談（競合）が 1 件以下'],
    [{ deals: { some: { seller: { in: ['me'] } } } }, '商談（会社）がある（担当が 人me）'],
    [{ head: { some: { name: { contains: '山' } } } }, '代表者の氏名に「山」を含む'],
    [
      { and: [{ or: [{ orders: { some: {} } }, { name: { empty: false } }] }, { name: { empty: true } }] },
      '受注がある または 会社名が入力済み',
    ],
    [{ secrets: { some: {} } }, '詳しい条件'],
    [{ not: { or: [] } }, '詳しい条件'],
  ];
  it.each(cases)('%j: %s', (json, text) => {
    const [first] = fromFilterJson(json).conditions;
    expect(first).toBeDefined();
    const words = {
      t: i18next.t,
      language: 'ja' as const,
      objects,
      nameOf: (_: string | null, id: string) => `人${id}`,
      fiscalMonth: 4,
    };
    if (first) expect(conditionText(first, company, words)).toBe(text);
  });
});
