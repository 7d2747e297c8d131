import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { draftOf, layoutOf, moved, partsOf, toggled } from './layout';

const field = (key: string, section = 'a', more: Partial<FieldMeta> = {}) =>
  ({ key, section, ...more }) as FieldMeta;
const fields = [
  field('name'),
  field('kana'),
  field('site', 'b'),
  field('gone', 'a', { hidden: true }),
  field('id', '', { system: true }),
  field('phone'),
  field('loose', 'x'),
];
const object = {
  sections: [
    { key: 'a', label: { ja: 'A', en: 'A' } },
    { key: 'b', label: { ja: 'B', en: 'B' } },
    { key: 'c', label: { ja: 'C', en: 'C' } },
  ],
} as ObjectMeta;
const keysOf = (draft: ReturnType<typeof draftOf>) =>
  partsOf(object, fields, draft).map((part) => [part.key, ...part.fields.map((each) => each.key)]);

describe('layout', () => {
  it('is null while it says nothing', () => {
    const plain = draftOf(fields, undefined);
    expect(plain.order).toEqual(['name', 'kana', 'site', 'phone', 'loose']);
    expect(layoutOf(fields, plain)).toBeNull();
    expect(
      layoutOf(fields, draftOf(fields, { order: ['gone', 'no_such'], hidden: ['gone'], required: [] })),
    ).toBeNull();
  });

  it('keeps what is stored, and new fields after it', () => {
    const draft = draftOf(fields, { order: ['phone', 'name'], hidden: ['kana'], required: ['phone'] });
    expect(draft.order).toEqual(['phone', 'name', 'kana', 'site', 'loose']);
    expect(layoutOf(fields, draft)).toEqual({
      order: ['phone', 'name', 'kana', 'site', 'loose'],
      hidden: ['kana'],
      required: ['phone'],
    });
  });

  it('shows what has become required for everybody since it was hidden', () => {
    const now = [field('name'), field('kana', 'a', { required: true }), field('phone')];
    const draft = draftOf(now, { order: [], hidden: ['kana', 'phone'], required: [] });
    expect([...draft.hidden]).toEqual(['phone']);
    expect(layoutOf(now, draft)?.hidden).toEqual(['phone']);
  });

  it('moves within a section, and stops at its ends', () => {
    const draft = draftOf(fields, undefined);
    const part = partsOf(object, fields, draft)[0];
    if (!part) throw new Error('no section');
    const up = moved(part, draft, 'phone', -1);
    expect(keysOf(up)).toEqual([
      ['a', 'name', 'phone', 'kana'],
      ['b', 'site'],
      ['', 'loose'],
    ]);
    expect(moved(part, draft, 'name', -1)).toBe(draft);
    expect(moved(part, draft, 'phone', 1)).toBe(draft);
  });

  it('asks for nothing that it does not show', () => {
    const asked = toggled(draftOf(fields, undefined), 'required', 'kana');
    const away = toggled(asked, 'hidden', 'kana');
    expect([[...away.hidden], [...away.required]]).toEqual([['kana'], []]);
    expect(layoutOf(fields, toggled(away, 'hidden', 'kana'))).toBeNull();
  });
});
