import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData, RecordWindow } from '@/api';
import { defaultsOf, isEditableNew, isNew, newRow, valuesToCreate, withRowsBehind } from './newRows';

const field = (key: string, kind: string, more: object = {}): FieldMeta =>
  ({ key, kind, writable: true, label: { ja: key, en: key }, ...more }) as FieldMeta;
const object = (title: string, fields: FieldMeta[]): ObjectMeta =>
  ({ key: 'o', plural: 'os', title, fields, permissions: { create: true } }) as unknown as ObjectMeta;

const company = object('name', [
  field('name', 'company_name'),
  field('stage', 'choice'),
  field('tags', 'tags'),
  field('owner', 'link'),
]);
const person = object('display_name', [
  field('display_name', 'text', { read_only: true, whole: 'name' }),
  field('family_name', 'text', { whole: 'name' }),
  field('given_name', 'text', { whole: 'name' }),
  field('memo', 'text'),
]);

describe('a row without a record', () => {
  it('has a name that is none of a record', () => {
    expect(isNew(newRow(company, 3, {}).id)).toBe(true);
    expect(isNew('0S6261GC00001')).toBe(false);
  });

  it('begins with what its list asks for', () => {
    const filter = {
      and: [
        { stage: { in: ['customer'] } },
        { tags: { has: '重点' } },
        { owner: { eq: 'X' } },
        { or: [{ stage: { eq: 'lost' } }] },
      ],
    };
    expect(defaultsOf(company, filter)).toEqual({ stage: 'customer', tags: ['重点'] });
    expect(defaultsOf(company, { stage: { in: ['a', 'b'] } })).toEqual({});
    expect(defaultsOf(company, undefined)).toEqual({});
  });

  it('has its name put into the parts that it is made of', () => {
    const [whole] = person.fields as [FieldMeta];
    expect(isEditableNew(person, whole)).toBe(true);
    expect(valuesToCreate(person, { memo: 'x' }, { display_name: '山田 太郎', memo: 'y' })).toEqual({
      family_name: '山田',
      given_name: '太郎',
      memo: 'y',
    });
    expect(valuesToCreate(company, { stage: 'lead' }, { name: '山田商店' })).toEqual({
      stage: 'lead',
      name: '山田商店',
    });
  });
});

it('rows stand behind those of the list', async () => {
  const listed = ['A', 'B'].map((id) => ({ id }) as RecordData);
  const rows = {
    row: (index: number) => listed[index],
    peek: (first: number, last: number) => listed.slice(first, last + 1),
    load: async (first: number, last: number) => listed.slice(first, last + 1),
    places: () => new Map([['A', 0]]),
  } as unknown as RecordWindow;
  const all = withRowsBehind(rows, 2, [newRow(company, 1, {}), newRow(company, 2, {})]);
  expect([0, 1, 2, 3, 4].map((index) => all.row(index)?.id)).toEqual(['A', 'B', 'new:1', 'new:2', undefined]);
  expect(all.peek(1, 2)?.map(({ id }) => id)).toEqual(['B', 'new:1']);
  expect(all.peek(2, 3)?.map(({ id }) => id)).toEqual(['new:1', 'new:2']);
  expect(all.peek(3, 4)).toBeUndefined();
  expect((await all.load(0, 3)).map(({ id }) => id)).toEqual(['A', 'B', 'new:1', 'new:2']);
  expect(all.places().get('new:2')).toBe(3);
});
