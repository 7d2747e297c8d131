import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import {
  byDay,
  calendarField,
  calendarFields,
  type Entry,
  entryFields,
  entryOf,
  fitting,
  type Going,
  lanesOf,
  minuteAt,
  periodFilter,
  type Source,
  valueAt,
} from './calendarModel';

const label = { ja: '', en: '' };
const field = (key: string, kind: FieldMeta['kind'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  id: 1,
  key,
  kind,
  label,
  comparison: kind === 'date' || kind === 'date_time' ? 'date' : 'none',
  ...more,
});
const may = { read: true, create: true, update: true, delete: true, import: true, export: true };
const object = (fields: FieldMeta[], more: Partial<ObjectMeta> = {}) =>
  ({
    key: 'task',
    plural: 'tasks',
    title: 'name',
    icon: 'checkbox',
    permissions: may,
    fields,
    ...more,
  }) as ObjectMeta;
const record = (values: object) =>
  ({ id: '1', object: 'task', version: 1, title: '電話する', updated_at: '', ...values }) as RecordData;
const due = field('due_on', 'date');
const at = field('happened_at', 'date_time');
const local = (text: string) => new Date(text).toISOString();

describe('dates of a calendar', () => {
  it('are those that can be read, compared and sorted', () => {
    const fields = [
      due,
      field('masked', 'date', { masked: true }),
      field('hidden', 'date', { hidden: true }),
      field('updated_at', 'date_time', { system: true }),
      field('unsorted', 'date', { sortable: false }),
      field('name', 'text'),
      at,
    ];
    expect(calendarFields(object(fields)).map(({ key }) => key)).toEqual(['due_on', 'happened_at']);
  });

  it('begin with the one asked for, the natural one, one that can be changed', () => {
    const closed = field('closed_on', 'date', { read_only: true });
    const own = field('x_date_1', 'date');
    expect(calendarField(object([closed, due, own]), 'x_date_1')?.key).toBe('x_date_1');
    expect(calendarField(object([closed, own, due]), 'gone')?.key).toBe('due_on');
    expect(calendarField(object([closed, own]), undefined)?.key).toBe('x_date_1');
    expect(calendarField(object([closed]), undefined)?.key).toBe('closed_on');
    expect(calendarField(object([]), undefined)).toBeUndefined();
  });

  it('ask only for the period, within the filter of the list', () => {
    const period = { from: '2026-11-01', to: '2026-12-05' };
    expect(periodFilter({ object: object([due]), field: due }, period)).toEqual({
      due_on: { gte: '2026-11-01', lte: '2026-12-05' },
    });
    expect(
      periodFilter({ object: object([at]), field: at, filter: { done: { eq: false } } }, period),
    ).toEqual({
      and: [
        { done: { eq: false } },
        { happened_at: { gte: local('2026-11-01T00:00'), lt: local('2026-12-06T00:00') } },
      ],
    });
  });

  it('read no field that is hidden', () => {
    const one = object([due, field('done', 'yes_no', { hidden: true }), field('status', 'choice')]);
    expect(entryFields({ object: one, field: due })).toEqual(['name', 'due_on', 'status']);
  });
});

describe('entries', () => {
  const done = field('done', 'yes_no');
  const source: Source = { object: object([due, done]), field: due };

  it('stand on the day of their value, in the zone of the reader', () => {
    const timed: Source = { object: object([at, field('minutes', 'integer')]), field: at };
    const entry = entryOf(
      timed,
      record({ happened_at: local('2026-11-23T09:05'), minutes: 90 }),
      '2026-11-23',
    );
    expect(entry).toMatchObject({ day: '2026-11-23', minute: 545, minutes: 90, movable: true });
    expect(entryOf(source, record({ due_on: '2026-11-23' }), '2026-11-23')?.minute).toBeUndefined();
    expect(entryOf(source, record({ due_on: null }), '2026-11-23')).toBeUndefined();
    expect(entryOf(timed, record({ happened_at: 'soon' }), '2026-11-23')).toBeUndefined();
  });

  it.each([
    [{ due_on: '2026-11-22', done: false }, 'late'],
    [{ due_on: '2026-11-23', done: false }, undefined],
    [{ due_on: '2026-11-22', done: true }, 'done'],
  ])('%j is %s', (values, state) => {
    expect(entryOf(source, record(values), '2026-11-23')?.state).toBe(state);
  });

  it('are late only where something is to be done', () => {
    const ends = field('expires_on', 'date');
    const contract: Source = { object: object([ends]), field: ends };
    expect(entryOf(contract, record({ expires_on: '2026-01-01' }), '2026-11-23')?.state).toBeUndefined();
  });

  it('stay where they are when their date may not be written', () => {
    const fixed = field('due_on', 'date', { read_only: true });
    const looking = object([due], { permissions: { ...may, update: false } });
    const moved = (each: Source) => entryOf(each, record({ due_on: '2026-11-23' }), '2026-11-23')?.movable;
    expect(moved({ object: object([fixed]), field: fixed })).toBe(false);
    expect(moved({ object: looking, field: due })).toBe(false);
    expect(moved(source)).toBe(true);
  });

  it('keep their time when only the day is said', () => {
    expect(valueAt(due, { day: '2026-12-01', minute: 60 })).toBe('2026-12-01');
    expect(valueAt(at, { day: '2026-12-01' }, { day: '2026-11-23', minute: 545 })).toBe(
      local('2026-12-01T09:05'),
    );
    expect(valueAt(at, { day: '2026-12-01', minute: 870 })).toBe(local('2026-12-01T14:30'));
    expect(valueAt(at, { day: '2026-12-01' })).toBe(local('2026-12-01T09:00'));
  });
});

describe('days', () => {
  const entry = (id: string, more: Partial<Entry> = {}) =>
    ({ id, day: '2026-11-23', minutes: 30, movable: true, ...more }) as Entry;
  const ids = (list: readonly Entry[] | undefined) => list?.map(({ id }) => id);

  it('hold the whole day first, then by time; what is done comes last', () => {
    const list = [
      entry('b', { minute: 600 }),
      entry('d', { state: 'done' }),
      entry('a'),
      entry('c', { minute: 540 }),
    ];
    expect(ids(byDay(list, new Map()).get('2026-11-23'))).toEqual(['a', 'd', 'c', 'b']);
  });

  it('hold what is on its way where it goes, and only there', () => {
    const [a, b] = [entry('a'), entry('b')];
    const away = entry('z', { day: '2026-01-01' });
    const going = new Map<string, Going>([
      ['a', { entry: a, day: '2026-11-24' }],
      ['z', { entry: away, day: '2026-11-23' }],
    ]);
    const days = byDay([a, b], going);
    expect(ids(days.get('2026-11-23'))).toEqual(['b', 'z']);
    expect(ids(days.get('2026-11-24'))).toEqual(['a']);
  });

  it('put what overlaps side by side', () => {
    const lanes = lanesOf([
      entry('a', { minute: 540, minutes: 60 }),
      entry('b', { minute: 570, minutes: 10 }),
      entry('c', { minute: 605, minutes: 30 }),
      entry('d', { minute: 700, minutes: 30 }),
    ]).map(({ entry: each, lane, lanes: of }) => [each.id, lane, of]);
    expect(lanes).toEqual([
      ['a', 0, 2],
      ['b', 1, 2],
      ['c', 0, 1],
      ['d', 0, 1],
    ]);
  });

  it.each([
    [3, 3, 3],
    [4, 3, 2],
    [4, 1, 0],
    [0, 3, 0],
  ])('%d in %d lines: %d, and a line for the rest', (count, lines, shown) => {
    expect(fitting(count, lines)).toBe(shown);
  });

  it('are divided into quarters of an hour', () => {
    expect(minuteAt(0, 1152)).toBe(0);
    expect(minuteAt(48 * 9 + 14, 1152)).toBe(555);
    expect(minuteAt(-40, 1152)).toBe(0);
    expect(minuteAt(2000, 1152)).toBe(1425);
  });
});
