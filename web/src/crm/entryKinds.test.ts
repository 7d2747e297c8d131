import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import { emptyDraft, entryKinds, entryValues, isDraftEmpty, possibleKinds, readDraft } from './entryKinds';

function object(key: string, fields: Partial<FieldMeta>[], more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    key,
    fields: fields.map((field) => ({ kind: 'text', label: { ja: '', en: '' }, writable: true, ...field })),
    permissions: { read: true, create: true, update: true, delete: true, import: true, export: true },
    customer_links: [],
    ...more,
  } as ObjectMeta;
}

const company = object('company', [{ key: 'name' }, { key: 'parent', kind: 'link', target: 'company' }], {
  customer: true,
});
const person = object('person', [{ key: 'name' }, { key: 'company', kind: 'link', target: 'company' }], {
  customer: true,
});
const links: Partial<FieldMeta>[] = [
  { key: 'company', kind: 'link', target: 'company' },
  { key: 'person', kind: 'link', target: 'person' },
];
const activity = object(
  'activity',
  [
    { key: 'kind' },
    { key: 'content' },
    { key: 'happened_at' },
    { key: 'next_action' },
    { key: 'next_action_at' },
    { key: 'mentions', kind: 'users' },
    { key: 'tags', kind: 'tags' },
    ...links,
  ],
  { customer_links: ['company', 'person'] },
);
const task = object('task', [{ key: 'name' }, { key: 'note' }, { key: 'due_on' }, ...links], {
  customer_links: ['company', 'person'],
});
const call = entryKinds.find((kind) => kind.key === 'call');
const todo = entryKinds.find((kind) => kind.key === 'task');
if (!call || !todo) throw new Error('kinds are gone');

const sato = { id: 'P1', title: '佐藤', company: { id: 'C1', title: '山田製作所' } } as unknown as RecordData;

describe('entryKinds', () => {
  it('offers only what exists and may be created', () => {
    const denied = { ...task, permissions: { ...task.permissions, create: false } };
    expect(possibleKinds([activity, denied], company).map((kind) => kind.key)).toEqual([
      'call',
      'visit',
      'email',
      'note',
    ]);
    expect(possibleKinds([activity, task], person).map((kind) => kind.key)).toContain('task');
    expect(possibleKinds([], company)).toEqual([]);
  });

  it('writes a call with what comes next, on the person and the company', () => {
    const draft = { ...emptyDraft, text: ' 見積の件 ', nextText: '送付', nextDate: '2026-12-01' };
    expect(entryValues(call, activity, person, sato, draft, { fallback: '' })).toEqual({
      kind: 'call',
      content: '見積の件',
      next_action: '送付',
      next_action_at: '2026-12-01',
      person: 'P1',
      company: 'C1',
    });
  });

  it('does not take the parent company for the other side', () => {
    const record = { id: 'C1', title: '山田', parent: { id: 'C0', title: '本社' } } as unknown as RecordData;
    const values = entryValues(
      call,
      activity,
      company,
      record,
      { ...emptyDraft, text: 'a' },
      { fallback: '' },
    );
    expect(values.company).toBe('C1');
    expect(values.person).toBeUndefined();
  });

  it('takes the chosen person on a company', () => {
    const record = { id: 'C1', title: '山田' } as unknown as RecordData;
    const draft = { ...emptyDraft, text: 'a', more: { person: 'P1' } };
    expect(entryValues(call, activity, company, record, draft, { fallback: '' }).person).toBe('P1');
  });

  it('names a task by its first line', () => {
    const record = { id: 'C1', title: '山田' } as unknown as RecordData;
    const one = entryValues(
      todo,
      task,
      company,
      record,
      { ...emptyDraft, text: '電話する' },
      { fallback: '-' },
    );
    expect(one).toEqual({ name: '電話する', company: 'C1' });
    const two = entryValues(
      todo,
      task,
      company,
      record,
      { ...emptyDraft, text: '電話する\n見積' },
      { fallback: '-' },
    );
    expect(two).toMatchObject({ name: '電話する', note: '電話する\n見積' });
    expect(entryValues(todo, task, company, record, emptyDraft, { fallback: 'やること' }).name).toBe(
      'やること',
    );
  });

  it('writes the sum of a purchase only without lines', () => {
    const order = entryKinds.find((kind) => kind.key === 'order');
    if (!order) throw new Error('no purchase');
    const orders = object('order', [{ key: 'name' }, { key: 'total' }, { key: 'note' }, ...links], {
      customer_links: ['company', 'person'],
    });
    const record = { id: 'C1', title: '山田' } as unknown as RecordData;
    const draft = { ...emptyDraft, more: { total: 5000 } };
    const names = { fallback: 'ボルト' };
    expect(entryValues(order, orders, company, record, draft, names)).toEqual({
      name: 'ボルト',
      total: 5000,
      company: 'C1',
    });
    const withLines = {
      ...draft,
      lines: [{ key: 1, item: { id: 'P', title: 'ボルト' }, quantity: 1, price: 9 }],
    };
    expect(entryValues(order, orders, company, record, withLines, names)).toEqual({
      name: 'ボルト',
      company: 'C1',
    });
    expect(isDraftEmpty(emptyDraft)).toBe(true);
    expect(isDraftEmpty({ ...emptyDraft, lines: withLines.lines })).toBe(false);
  });
});

describe('whom the text calls and its tags', () => {
  const people = [
    { id: 'U1', title: '見本 花子' },
    { id: 'U2', title: '営業 夏男' },
  ];
  const draft = { ...emptyDraft, text: '@見本花子 ご確認を #急ぎ #急ぎ', people };
  it('are written with the call: only who is still called, each tag once', () => {
    const values = entryValues(call, activity, company, sato, draft, { fallback: '' });
    expect([values.mentions, values.tags]).toEqual([['U1'], ['急ぎ']]);
    expect(values.content).toBe(draft.text);
  });
  it('are not, where there is no field that the writer may fill', () => {
    const shut = {
      ...activity,
      fields: activity.fields.filter((field) => !['mentions', 'tags'].includes(field.key)),
    };
    const values = entryValues(call, shut, company, sato, draft, { fallback: '' });
    expect('mentions' in values || 'tags' in values).toBe(false);
  });
});

describe('readDraft', () => {
  const draft = { ...emptyDraft, text: '途中' };
  it('gives back what was kept', () => {
    expect(readDraft(JSON.parse(JSON.stringify({ kind: 'call', draft })))).toEqual({ kind: 'call', draft });
  });
  it.each([
    null,
    'x',
    {},
    { kind: 'call' },
    { kind: 1, draft },
    { kind: 'call', draft: { text: 3 } },
    { kind: 'call', draft: { ...draft, lines: 1 } },
  ])('gives nothing of %j', (kept) => expect(readDraft(kept)).toBeUndefined());
});
