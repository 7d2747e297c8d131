import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData, Summary } from '@/api';
import {
  boardColumns,
  boardField,
  boardFields,
  columnFilter,
  daysStill,
  type Move,
  neededFields,
  neighbor,
  standsStill,
  sumField,
  withMoves,
} from './boardModel';

const label = { ja: '', en: '' };
const field = (key: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  id: 1,
  key,
  kind: 'choice',
  label,
  comparison: 'choice',
  options: [
    { key: 'a', label: { ja: 'あ', en: 'A' }, color: 'red', stale_after: 30 },
    { key: 'b', label: { ja: 'い', en: 'B' } },
    { key: 'old', label: { ja: '旧', en: 'Old' }, hidden: true },
  ],
  ...more,
});
const object = (...fields: FieldMeta[]) => ({ fields }) as unknown as ObjectMeta;
const record = (id: string, more: Partial<RecordData> = {}) =>
  ({ id, object: 'deal', version: 1, title: id, updated_at: '2026-04-01T00:00:00Z', ...more }) as RecordData;
const summary = (...values: (string | null)[]): Summary => ({
  groups: values.map((value) => ({ value, count: 1, sums: {} })),
  count: values.length,
  sums: {},
  exact: true,
});
const date = (key: string) => field(key, { kind: 'date', comparison: 'date', options: [] });

describe('fields of a board', () => {
  it('are readable choices of few', () => {
    const many = Array.from({ length: 13 }, (_, at) => ({ key: `${at}`, label }));
    const fields = [
      field('stage'),
      field('masked', { masked: true }),
      field('hidden', { hidden: true }),
      field('industry', { options: many }),
      field('needs', { comparison: 'items' }),
      date('day'),
    ];
    expect(boardFields(object(...fields)).map(({ key }) => key)).toEqual(['stage']);
  });

  it('begin with the one asked for, the one that is followed, the one every record has', () => {
    const plain = field('rank');
    const required = field('kind', { required: true });
    const followed = field('stage');
    const day = date('stage_changed_on');
    expect(boardField(object(plain, required, followed, day), 'rank')).toBe(plain);
    expect(boardField(object(plain, required, followed, day), 'gone')).toBe(followed);
    expect(boardField(object(plain, required), undefined)).toBe(required);
    expect(boardField(object(plain), undefined)).toBe(plain);
    expect(boardField(object(day), undefined)).toBeUndefined();
  });
});

describe('columns', () => {
  const keys = (...values: (string | null)[]) =>
    boardColumns(field('stage'), summary(...values)).map(({ key }) => key);

  it('are the options in their order, hidden and gone ones only where they are used', () => {
    expect(boardColumns(field('stage'), undefined).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(keys('b', 'a')).toEqual(['a', 'b']);
    expect(keys('old', 'gone')).toEqual(['a', 'b', 'old', 'gone']);
    expect(keys(null, 'a')).toEqual([null, 'a', 'b']);
  });

  it('ask for their records within the filter of the list', () => {
    expect(columnFilter(undefined, 'stage', 'a')).toEqual({ stage: { eq: 'a' } });
    expect(columnFilter({ amount: { gte: 1 } }, 'stage', null)).toEqual({
      and: [{ amount: { gte: 1 } }, { stage: { empty: true } }],
    });
  });

  it('have neighbors up to the ends', () => {
    const columns = boardColumns(field('stage'), undefined);
    expect(neighbor(columns, 'a', 1)?.key).toBe('b');
    expect(neighbor(columns, 'a', -1)).toBeUndefined();
    expect(neighbor(columns, 'b', 1)).toBeUndefined();
    expect(neighbor(columns, 'gone', 1)).toBeUndefined();
  });

  it('add up the amount on the cards, else one that the list usually shows', () => {
    const total = field('total', { kind: 'money', comparison: 'number' });
    const amount = field('amount', { kind: 'money', comparison: 'number', in_list: true });
    expect(sumField(object(amount, total), [total])).toBe(total);
    expect(sumField(object(total, amount), [])).toBe(amount);
    expect(sumField(object(total), [])).toBeUndefined();
    expect(sumField(object({ ...amount, masked: true }), [])).toBeUndefined();
  });
});

describe('cards on their way', () => {
  const [one, two, three] = [record('1'), record('2'), record('3')];
  const moves = (...made: Move[]) => new Map(made.map((move) => [move.record.id, move]));

  it('stand in the column they go to, and only there', () => {
    const going = moves({ record: two, from: 'a', to: 'b' });
    expect(withMoves([one, two], going, 'a')).toEqual([one]);
    expect(withMoves([three], going, 'b')).toEqual([two, three]);
    // The list knows it already.
    expect(withMoves([three, two], going, 'b')).toEqual([three, two]);
  });

  it('may go to the column without a value', () => {
    const going = moves({ record: two, from: 'a', to: null });
    expect(withMoves([two], going, 'a')).toEqual([]);
    expect(withMoves([], going, null)).toEqual([two]);
  });
});

describe('cards that stand still', () => {
  const now = new Date(2026, 3, 11, 9);

  it('count from the day of the last change of the value, else of the record', () => {
    const since = date('stage_changed_on');
    expect(daysStill(record('1', { stage_changed_on: '2026-03-12' }), since, now)).toBe(30);
    expect(daysStill(record('1', { updated_at: '2026-04-09T03:00:00Z' }), since, now)).toBe(2);
    expect(daysStill(record('1', { stage_changed_on: '2026-05-01' }), since, now)).toBe(0);
  });

  it.each([
    [29, 30, undefined],
    [30, 30, 'long'],
    [59, 30, 'long'],
    [60, 30, 'very'],
    [900, 0, undefined],
  ])('%d days where %d are long', (days, after, still) => {
    expect(standsStill(days, after)).toBe(still);
  });
});

describe('what a move lacks', () => {
  const by = field('stage');
  const reason = field('lose_reasons', { kind: 'choices', comparison: 'items' });
  const sum = field('total', { read_only: true });
  const problem = (key?: string) => ({ field: key, code: 'required', message: '入れてください' });

  it('is asked for once a field', () => {
    const problems = [problem('lose_reasons'), problem('lose_reasons')];
    expect(neededFields(problems, object(by, reason), by)).toEqual([reason]);
  });

  it.each([
    ['nothing', []],
    ['the choice itself', ['lose_reasons', 'stage']],
    ['what nobody fills in', ['total']],
    ['what is not seen', ['secret']],
    ['the whole', [undefined]],
  ])('cannot be asked for: %s', (_what, named) => {
    expect(neededFields(named.map(problem), object(by, reason, sum), by)).toBeUndefined();
  });
});
