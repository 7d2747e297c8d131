import { describe, expect, it } from 'vitest';
import type { FieldMeta, MergePlan, ObjectMeta, RecordData } from '@/api';
import { idsInAddress, idsOfAddress } from './address';
import { mergeRows, mergeValues } from './mergeRows';

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

const object = {
  key: 'company',
  plural: 'companies',
  title: 'name',
  fields: [
    field('name'),
    field('city', { whole: 'address' }),
    field('street', { whole: 'address' }),
    field('phone'),
    field('tags', { kind: 'tags', comparison: 'items' }),
    field('parent', { kind: 'link', comparison: 'link' }),
    field('secret', { writable: false }),
    field('count', { kind: 'integer', read_only: true }),
  ],
} as unknown as ObjectMeta;

function plan(a: object, b: object, more: Partial<MergePlan> = {}): MergePlan {
  const record = (id: string, values: object) => ({ id, title: id, ...values }) as unknown as RecordData;
  return {
    into: 'A',
    records: [record('A', a), record('B', b)],
    choices: [],
    numbers_differ: false,
    moves: [],
    files: 0,
    alike: [],
    ...more,
  };
}

describe('mergeRows', () => {
  it('puts contradictions first and folds what is the same', () => {
    const rows = mergeRows(
      object,
      plan(
        { name: '山田', phone: '1', tags: ['x'] },
        { name: '㈱山田', phone: '1', tags: ['y'], city: '津' },
        {
          choices: [
            { field: 'name', from: 'B', conflict: true },
            { field: 'city', from: 'B', conflict: false },
          ],
        },
      ),
    );
    expect(rows.open.map((row) => [row.group.key, row.from, row.conflict])).toEqual([
      ['name', 'B', true],
      ['address', 'B', false],
      ['tags', undefined, false],
    ]);
    expect(rows.same.map((row) => row.group.key)).toEqual(['phone']);
  });

  it('offers no choice of what the reader may not write or see, and none of kept numbers', () => {
    const rows = mergeRows(
      object,
      plan({ secret: '1', parent: { hidden: true }, count: 1 }, { secret: '2', count: 2 }),
    );
    expect(rows.open.map((row) => [row.group.key, row.from])).toEqual([
      ['parent', undefined],
      ['secret', undefined],
    ]);
  });
});

describe('mergeValues', () => {
  it('sends what is shown: an address as a whole, from one record', () => {
    const made = plan(
      { name: '山田', city: '津', street: '1-1', phone: '1' },
      { name: '㈱山田', city: '呉' },
      { choices: [{ field: 'name', from: 'B', conflict: true }] },
    );
    const { open } = mergeRows(object, made);
    expect(mergeValues(open, made.records, { address: 'B' })).toEqual({
      name: '㈱山田',
      city: '呉',
      street: null,
      phone: '1',
    });
  });
});

describe('addresses', () => {
  it('name every record once', () => {
    expect(idsOfAddress(idsInAddress(['A', 'B', 'A']))).toEqual(['A', 'B']);
    expect(idsOfAddress(undefined)).toEqual([]);
  });
});
