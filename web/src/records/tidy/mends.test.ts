import { describe, expect, it } from 'vitest';
import type { ObjectMeta, TidyRecord } from '@/api';
import { bodyOf, fieldOfDays, linkOf, type Mend, mendOf, mendsOf } from './mends';

const all = { read: true, create: true, update: true, delete: true, import: true, export: true };
const object = (key: string, permissions: Partial<typeof all> = {}, fields: object[] = []) =>
  ({ key, permissions: { ...all, ...permissions }, fields }) as unknown as ObjectMeta;
const keysOf = (mends: readonly Mend[]) => mends.map((mend) => mend.key);
const mend = (check: string, key: Mend['key']) => mendOf(check, key) as Mend;

describe('mendsOf', () => {
  it('offers what the caller may do', () => {
    const company = object('company', { delete: false });

    expect(keysOf(mendsOf('stale', company, [company, object('task')]))).toEqual(['todo', 'stage', 'owner']);
    expect(keysOf(mendsOf('stale', object('company'), [object('task', { create: false })]))).toEqual([
      'stage',
      'owner',
      'trash',
    ]);
    expect(mendsOf('impossible', object('company', { update: false }), [])).toEqual([]);
  });

  it('only shows a check that it does not know', () => {
    expect(mendsOf('dreams', object('company'), [])).toEqual([]);
  });
});

describe('bodyOf', () => {
  it('waits for what a mend asks', () => {
    expect(bodyOf('company', mend('stale', 'stage'), { ids: ['a'] }, null)).toBeUndefined();
    expect(bodyOf('company', mend('stale', 'todo'), { ids: ['a'] }, '来週')).toBeUndefined();
    expect(bodyOf('company', mend('stale', 'todo'), { ids: ['a'] }, '2026-12-01')).toEqual({
      object: 'company',
      mend: 'todo',
      ids: ['a'],
      value: '2026-12-01',
    });
  });

  it('sends a person as an id', () => {
    const body = bodyOf('company', mend('stale', 'owner'), { ids: ['a'] }, { id: 'u1', title: '山田' });

    expect(body?.value).toBe('u1');
  });

  it('leaves the proposal to the server when nothing else is chosen', () => {
    expect(bodyOf('person', mend('orphans', 'link'), { ids: ['a'] }, null)).toEqual({
      object: 'person',
      mend: 'link',
      ids: ['a'],
    });
  });

  it('says in which scope everything is meant', () => {
    const target = { all: true, scope: { stage: 'lead', days: 365 } } as const;

    expect(bodyOf('company', mend('stale', 'trash'), target, null)).toEqual({
      object: 'company',
      mend: 'trash',
      all: true,
      stage: 'lead',
      days: 365,
    });
  });

  it('folds the spellings of a field to one', () => {
    const target = { field: 'department', values: ['営業', '営業部 '], value: '営業部' };

    expect(bodyOf('person', mend('choices', 'fold'), target, null)).toEqual({
      object: 'person',
      mend: 'fold',
      ...target,
    });
  });
});

describe('fieldOfDays', () => {
  const stage = { key: 'stage', kind: 'choice', options: [{ key: 'lead' }, { key: 'customer' }] };
  const rank = { key: 'rank', kind: 'choice', options: [{ key: 'a' }] };

  it('finds the choice that the days are told by', () => {
    const company = object('company', {}, [rank, stage]);

    expect(fieldOfDays(company, { lead: 60, customer: 90 })?.key).toBe('stage');
    expect(fieldOfDays(company, { other: 60 })).toBeUndefined();
    expect(fieldOfDays(company, {})).toBeUndefined();
    expect(fieldOfDays(company, undefined)).toBeUndefined();
  });
});

describe('linkOf', () => {
  it('finds the link that the problems are about, not the owner', () => {
    const person = object('person', {}, [
      { key: 'owner_id', kind: 'user' },
      { key: 'company', kind: 'link', target: 'company' },
    ]);
    const records = [
      { problems: [{ field: 'owner_id' }] },
      { problems: [{ field: 'company' }] },
    ] as unknown as TidyRecord[];

    expect(linkOf(person, records)?.key).toBe('company');
    expect(linkOf(person, records.slice(0, 1))).toBeUndefined();
  });
});
