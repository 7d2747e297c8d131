import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RoleDefinition } from '@/api';
import {
  changeCount,
  emptyRoleDraft,
  fieldRightOf,
  limitOf,
  presetOf,
  type Rights,
  rightGroups,
  rightsOf,
  setField,
  setObject,
  summaryOf,
  withPreset,
  withRight,
} from './rights';

const usual: Rights = { read: 'all', create: true, update: 'all', delete: 'own', export: false };
const role = (part: Partial<RoleDefinition> = {}): RoleDefinition => ({
  key: 'member',
  label: { ja: '一般', en: 'Member' },
  objects: { '*': usual },
  fields: {},
  ...part,
});
const field = (key: string, part: Partial<FieldMeta> = {}): FieldMeta =>
  ({ key, kind: 'text', label: { ja: key, en: key }, ...part }) as FieldMeta;
const company = {
  key: 'company',
  title: 'name',
  fields: [
    field('name', { whole: 'name' }),
    field('name_kana', { whole: 'name' }),
    field('capital'),
    field('character', { sensitive: true }),
    field('order_total', { read_only: true }),
    field('id', { system: true }),
  ],
} as unknown as ObjectMeta;
const order = { key: 'order', title: 'number', fields: [field('number')] } as unknown as ObjectMeta;
const group = (key: string) => {
  const found = rightGroups(company).find((each) => each.key === key);
  if (!found) throw new Error(`no group ${key}`);
  return found;
};

describe('rightsOf', () => {
  it('takes the rest for what has no rights of its own', () => {
    const some = role({ objects: { '*': usual, order: { ...usual, read: 'own' } } });
    expect(rightsOf(some, emptyRoleDraft, 'company').read).toBe('all');
    expect(rightsOf(some, emptyRoleDraft, 'order').read).toBe('own');
    const draft = setObject(some, emptyRoleDraft, '*', { ...usual, read: 'team' });
    expect(rightsOf(some, draft, 'company').read).toBe('team');
    expect(rightsOf(some, draft, 'order').read).toBe('own');
  });
});

describe('withRight', () => {
  it('narrows changing and deleting with reading', () => {
    expect(withRight(usual, 'read', 'own')).toEqual({ ...usual, read: 'own', update: 'own', delete: 'own' });
    expect(withRight(usual, 'read', 'none')).toEqual({
      read: 'none',
      create: false,
      update: 'none',
      delete: 'none',
      export: false,
    });
  });
  it('does not let more be changed than is read', () => {
    expect(withRight({ ...usual, read: 'own', update: 'own' }, 'update', 'all').update).toBe('own');
  });
});

describe('setObject', () => {
  it('forgets a change that was taken back', () => {
    const draft = setObject(role(), emptyRoleDraft, '*', { ...usual, create: false });
    expect(changeCount(draft)).toBe(1);
    expect(changeCount(setObject(role(), draft, '*', usual))).toBe(0);
  });
});

describe('presets', () => {
  it('are known again, whoever may take data out', () => {
    expect(presetOf(role(), emptyRoleDraft)).toBe('everything');
    expect(presetOf(role({ objects: { '*': { ...usual, export: true } } }), emptyRoleDraft)).toBe(
      'everything',
    );
    expect(
      presetOf(role({ objects: { '*': usual, order: { ...usual, read: 'own' } } }), emptyRoleDraft),
    ).toBe(undefined);
  });
  it('hold for kinds of records that had rights of their own too', () => {
    const some = role({ objects: { '*': usual, order: { ...usual, export: true } } });
    const draft = withPreset(some, emptyRoleDraft, 'own');
    expect(presetOf(some, draft)).toBe('own');
    expect(rightsOf(some, draft, 'order')).toEqual({ ...usual, read: 'own', update: 'own', export: true });
  });
});

describe('field rights', () => {
  it.each<[string, string, Record<string, 'none' | 'masked' | 'read' | 'write'>, string, boolean]>([
    ['member', 'capital', {}, 'write', false],
    ['member', 'character', {}, 'none', false],
    ['manager', 'character', {}, 'write', false],
    ['member', 'order_total', {}, 'read', false],
    ['member', 'capital', { 'company.capital': 'masked' }, 'masked', true],
    ['member', 'name', { 'company.name': 'read' }, 'read', true],
    ['member', 'name', { 'company.name': 'write', 'company.name_kana': 'none' }, 'none', true],
  ])('of a %s on %s with %j', (key, of, fields, right, set) => {
    expect(fieldRightOf(role({ key, fields }), emptyRoleDraft, 'company', group(of))).toEqual({ right, set });
  });

  it('are set for all parts at once and taken back', () => {
    const some = role({ fields: { 'company.name_kana': 'none' } });
    const draft = setField(some, emptyRoleDraft, 'company', group('name'), 'read');
    expect(draft.fields).toEqual({ 'company.name_kana': null, 'company.name': 'read' });
    expect(fieldRightOf(some, draft, 'company', group('name'))).toEqual({ right: 'read', set: true });
    const first = setField(some, draft, 'company', group('name'), null);
    expect(first.fields).toEqual({ 'company.name_kana': null });
  });
});

describe('limitOf', () => {
  const talk = {
    key: 'talk',
    title: 'subject',
    fields: [field('subject', { made_from: ['content'] }), field('content'), field('place')],
  } as unknown as ObjectMeta;
  const task = {
    key: 'task',
    title: 'name',
    fields: [field('name', { made_from: ['talk.subject', 'talk.place'] })],
  } as unknown as ObjectMeta;
  const all = [talk, task];
  const limit = (fields: RoleDefinition['fields'], object: ObjectMeta, key: string) => {
    const found = rightGroups(object).find((each) => each.key === key);
    if (!found) throw new Error(`no group ${key}`);
    const told = limitOf(role({ fields }), emptyRoleDraft, all, object, found);
    return told && [told.right, told.source.key];
  };

  it('is what the sources leave', () => {
    expect(limit({}, talk, 'subject')).toBeNull();
    expect(limit({ 'talk.content': 'read' }, talk, 'subject')).toBeNull();
    expect(limit({ 'talk.content': 'masked' }, talk, 'subject')).toEqual(['masked', 'content']);
    expect(limit({ 'talk.content': 'none', 'talk.place': 'masked' }, task, 'name')).toEqual([
      'none',
      'content',
    ]);
    expect(limit({ 'talk.place': 'masked' }, task, 'name')).toEqual(['masked', 'place']);
  });

  it('counts in what a role is said to see', () => {
    const summary = summaryOf(role({ fields: { 'talk.content': 'none' } }), emptyRoleDraft, all);
    expect(
      summary.fields.map(({ object, right, groups }) => [object.key, right, groups.map((each) => each.key)]),
    ).toEqual([
      ['talk', 'none', ['subject', 'content']],
      ['task', 'none', ['name']],
    ]);
  });
});

describe('summaryOf', () => {
  it('says the usual, then what differs', () => {
    const some = role({
      objects: { '*': usual, order: { ...usual, read: 'none' } },
      fields: { 'company.capital': 'masked', 'order.number': 'none' },
    });
    const summary = summaryOf(some, emptyRoleDraft, [company, order]);
    expect(summary.usual).toEqual(usual);
    expect(summary.differing.map((each) => each.object.key)).toEqual(['order']);
    // Fields of what is not read at all need no word.
    expect(
      summary.fields.map((each) => [each.object.key, each.right, each.groups.map((one) => one.key)]),
    ).toEqual([
      ['company', 'none', ['character']],
      ['company', 'masked', ['capital']],
    ]);
  });
});
