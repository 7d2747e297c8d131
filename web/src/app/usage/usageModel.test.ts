import { describe, expect, it } from 'vitest';
import type { UsageOfUser } from '@/api/usage';
import { dayAt, entriesBy, filledOf, hintsOf, isHardlyUsed, spanOf, teamsOf } from './usageModel';

const now = Date.parse('2026-11-20T03:00:00Z');
function user(title: string, more: Partial<UsageOfUser> = {}): UsageOfUser {
  return {
    user: { id: title, title },
    role: 'member',
    team_ids: [],
    created_at: '2026-11-01T00:00:00Z',
    state: 'active',
    silent_days: 0,
    a_week_before: 5,
    bounded: false,
    days: [0, 1],
    entries: [],
    notes: [],
    ...more,
  };
}

describe('hintsOf', () => {
  it('tells of who stopped, the freshest silence first, and of who never came after a while', () => {
    const hints = hintsOf(
      [
        user('佐藤', { state: 'stopped', silent_days: 20 }),
        user('鈴木', { state: 'quiet', silent_days: 9, a_week_before: 12 }),
        user('田中', { state: 'invited' }),
        user('新人', { state: 'invited', created_at: '2026-11-19T00:00:00Z' }),
        user('高橋'),
      ],
      [],
      now,
    );

    expect(hints.map((hint) => [hint.kind, 'user' in hint && hint.user.user.title])).toEqual([
      ['quiet', '鈴木'],
      ['quiet', '佐藤'],
      ['invited', '田中'],
    ]);
    expect(hints[2]).toMatchObject({ days: 19 });
  });

  it('tells of a form that is left often, not of a few', () => {
    const fields = [{ field: 'note', left: 3 }];
    const often = { object: 'deal', opened: 10, saved: 6, left: 4, fields };
    const few = { object: 'company', opened: 9, saved: 1, left: 8, fields };

    expect(hintsOf([], [few, often], now)).toEqual([{ kind: 'form', counts: often, field: 'note' }]);
  });
});

it('days end today', () => {
  expect(dayAt('2026-03-01', 28, 27)).toBe('2026-03-01');
  expect(dayAt('2026-03-01', 28, 26)).toBe('2026-02-28');
});

it('teams add up their people, each team for itself', () => {
  const found = teamsOf(
    [user('a', { team_ids: ['1', '2'] }), user('b', { team_ids: ['1'], state: 'stopped' }), user('c')],
    [{ id: '1' }, { id: '2' }, { id: '3' }],
  );

  expect(found.map((team) => [team.id, team.users.length, team.active, team.days])).toEqual([
    ['1', 2, 1, [0, 2]],
    ['2', 1, 1, [0, 1]],
    ['', 1, 1, [0, 1]],
  ]);
});

it('entries are added up with the most first', () => {
  const entry = { object: 'company', road: 'screen' as const, made: 1, changed: 1, removed: 0 };
  const many = { ...entry, object: 'activity', road: 'phone' as const, made: 5 };

  expect(entriesBy([user('a', { entries: [entry] }), user('b', { entries: [many] })], 'object')).toEqual([
    ['activity', 6],
    ['company', 2],
  ]);
});

it('the emptiest fields come first', () => {
  const found = filledOf({
    object: 'company',
    of: 200,
    bounded: false,
    fields: [
      { field: 'name', filled: 200 },
      { field: 'fax', filled: 3 },
    ],
  });

  expect(found.map((each) => [each.field, isHardlyUsed(each)])).toEqual([
    ['fax', true],
    ['name', false],
  ]);
});

it('a span has the unit that says it best', () => {
  expect([0, 30, 90, 5000].map(spanOf)).toEqual([
    { unit: 'now', count: 0 },
    { unit: 'minutes', count: 30 },
    { unit: 'hours', count: 2 },
    { unit: 'days', count: 3 },
  ]);
});
