import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '@/api';
import { readNameOf } from '.';

const field = (key: string) => ({ key }) as FieldMeta;

describe('readNameOf', () => {
  it('finds the name that is read', () => {
    const company = { fields: [field('name'), field('name_kana')] };
    expect(readNameOf(company, field('name_kana'))).toEqual({ key: 'name', part: 'company' });
    const person = { fields: ['name', 'family_name', 'given_name', 'family_kana', 'given_kana'].map(field) };
    expect(readNameOf(person, field('family_kana'))).toEqual({ key: 'family_name', part: 'family' });
    expect(readNameOf(person, field('given_kana'))).toEqual({ key: 'given_name', part: 'given' });
    expect(readNameOf(person, field('town_kana'))).toBeNull();
    expect(readNameOf(person, field('kana'))).toBeNull();
  });
});
