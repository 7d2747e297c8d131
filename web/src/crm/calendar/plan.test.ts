import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api';
import { planSources, readPlan, writePlan } from './plan';

const label = { ja: '', en: '' };
const field = (key: string, kind: FieldMeta['kind'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  id: 1,
  key,
  kind,
  label,
  comparison: kind === 'users' ? 'items' : 'date',
  ...more,
});
const may = { read: true, create: true, update: true, delete: true, import: true, export: true };
const object = (key: string, fields: FieldMeta[], more: Partial<ObjectMeta> = {}) =>
  ({ key, plural: `${key}s`, permissions: may, fields, ...more }) as ObjectMeta;

const task = object('task', [field('due_on', 'date')]);
const activity = object('activity', [field('happened_at', 'date_time'), field('participants', 'users')]);
const company = object('company', [field('founded_on', 'date'), field('next_action_at', 'date')], {
  customer: true,
});

describe('the address of the calendar', () => {
  it('is read as it was written', () => {
    const state = readPlan({
      who: 'user:7',
      span: 'week',
      day: '2026-11-23',
      hide: 'task,company',
      open: 'task:9',
    });
    expect(state).toEqual({
      who: { kind: 'user', id: '7' },
      span: 'week',
      day: '2026-11-23',
      hide: ['task', 'company'],
      open: { object: 'task', id: '9' },
    });
    expect(readPlan(writePlan(state))).toEqual(state);
  });

  it.each([
    [{}],
    [{ who: 'user:' }],
    [{ who: 'boss:1', span: 'year', day: '2026-02-30', open: 'task' }],
    [{ who: 7, hide: true }],
  ])('%j is mine, today', (search) => {
    expect(writePlan(readPlan(search as Record<string, unknown>))).toEqual({});
  });
});

describe('what stands in it', () => {
  it('is owned or attended by me, by when it is due, happens, or comes next', () => {
    const [tasks, activities, next] = planSources([company, activity, task], { kind: 'me' });
    expect(tasks).toMatchObject({ field: { key: 'due_on' }, filter: { owner_id: { eq: 'me' } } });
    expect(activities).toMatchObject({
      field: { key: 'happened_at' },
      filter: { or: [{ owner_id: { eq: 'me' } }, { participants: { has: 'me' } }] },
    });
    expect(next).toMatchObject({ object: { key: 'company' }, field: { key: 'next_action_at' } });
  });

  it("is a colleague's or a team's", () => {
    expect(planSources([task], { kind: 'user', id: '7' })[0]?.filter).toEqual({ owner_id: { eq: '7' } });
    expect(planSources([activity], { kind: 'team', id: '3' })[0]?.filter).toEqual({ team_id: { eq: '3' } });
  });

  it('leaves out what may not be read and dates that are masked', () => {
    const closed = { ...task, permissions: { ...may, read: false } };
    const masked = object('company', [field('next_action_at', 'date', { masked: true })], { customer: true });
    const hidden = object('activity', [field('happened_at', 'date_time', { hidden: true })]);
    expect(planSources([closed, masked, hidden], { kind: 'me' })).toEqual([]);
  });
});
