import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, Session } from '@/api';
import { ofWhom } from './whose';
import { joined, objectOf, possibleActions, type WorkPanel, workPanels } from './workPanels';

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return { id: 1, key, kind: 'text', label: { ja: key, en: key }, comparison: 'none', ...more };
}
const permissions = { read: true, create: true, update: true, delete: true, import: true, export: true };
function object(key: string, fields: FieldMeta[], more: Partial<ObjectMeta> = {}): ObjectMeta {
  return { key, plural: `${key}s`, permissions, fields, ...more } as unknown as ObjectMeta;
}
function panel(key: string): WorkPanel {
  const found = workPanels.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
}
const user = { id: 'U', title: '見本', teams: [{ id: 'T', title: '営業課' }] } as unknown as Session['user'];

describe('objectOf', () => {
  const inquiry = ['status', 'responded_at', 'received_at'];
  it('gives the object when all the panel is made of can be read', () => {
    expect(
      objectOf(panel('inquiries'), [
        object(
          'inquiry',
          inquiry.map((key) => field(key)),
        ),
      ])?.key,
    ).toBe('inquiry');
  });
  it('hides the panel without the object, the right, or a field, also a masked one', () => {
    const fields = inquiry.map((key) => field(key));
    expect(objectOf(panel('inquiries'), [])).toBeUndefined();
    const closed = object('inquiry', fields, { permissions: { ...permissions, read: false } });
    expect(objectOf(panel('inquiries'), [closed])).toBeUndefined();
    expect(objectOf(panel('inquiries'), [object('inquiry', fields.slice(1))])).toBeUndefined();
    const masked = [field('status', { masked: true }), ...fields.slice(1)];
    expect(objectOf(panel('inquiries'), [object('inquiry', masked)])).toBeUndefined();
  });
  it('shows mentions only where activities have them', () => {
    const plain = object('activity', [field('happened_at')]);
    expect(objectOf(panel('mentions'), [plain])).toBeUndefined();
    const with_ = object('activity', [field('happened_at'), field('mentions', { kind: 'users' })]);
    expect(objectOf(panel('mentions'), [with_])).toBe(with_);
  });
});

describe('whose records', () => {
  it('are mine, those of my teams, or all', () => {
    expect(ofWhom('mine', user)).toEqual({ owner_id: { eq: 'me' } });
    expect(ofWhom('team', user)).toEqual({ team_id: { in: ['T'] } });
    expect(ofWhom('all', user)).toBeUndefined();
  });
  it('are mine for who has no team, and what nobody has is mine where it must be taken', () => {
    expect(ofWhom('team', { ...user, teams: [] })).toEqual({ owner_id: { eq: 'me' } });
    expect(ofWhom('mine', user, true)).toEqual({
      or: [{ owner_id: { eq: 'me' } }, { owner_id: { empty: true } }],
    });
  });
  it('join the conditions of the panel on one level, so that the list shows them as chips', () => {
    expect(joined(panel('contracts'), panel('contracts').filter(30, ''), ofWhom('mine', user))).toEqual({
      and: [
        { owner_id: { eq: 'me' } },
        { status: { eq: 'active' } },
        { expires_on: { relative: 'next_days:30' } },
      ],
    });
  });
  it('do not narrow what names me', () => {
    const filter = joined(panel('mentions'), panel('mentions').filter(14, ''), ofWhom('team', user));
    expect(JSON.stringify(filter)).not.toContain('team_id');
  });
});

describe('possibleActions', () => {
  const activity = object('activity', []);
  const writable = ['status', 'response', 'responded_at'].map((key) => field(key));
  it('offers all to who may write', () => {
    const inquiry = object('inquiry', writable, { customer_links: ['company'] });
    expect(possibleActions(panel('inquiries'), [inquiry, activity]).map((each) => each.do)).toEqual([
      'answer',
      'contact',
      'set',
      'set',
    ]);
  });
  it('offers no change to who only reads, and none of a field that is read only', () => {
    const read = { ...permissions, update: false, create: false };
    const inquiry = object('inquiry', writable, { permissions: read, customer_links: ['company'] });
    expect(
      possibleActions(panel('inquiries'), [inquiry, object('activity', [], { permissions: read })]),
    ).toEqual([]);
    const half = object('inquiry', [field('status', { writable: false }), field('response')]);
    expect(possibleActions(panel('inquiries'), [half]).map((each) => each.do)).toEqual(['set']);
  });
});
