import { describe, expect, it } from 'vitest';
import type { Conflict, FieldMeta, RecordData, RowAnswer } from '@/api';
import {
  type CellEdit,
  draftsOf,
  judge,
  marksOf,
  noEdits,
  openCells,
  operationOf,
  overlay,
  realChanges,
  renamed,
  withEdits,
  withoutCells,
  workOf,
} from './sheetEdits';

const field = (key: string): FieldMeta =>
  ({ id: 1, key, kind: 'text', label: { ja: key, en: key }, comparison: 'text' }) as FieldMeta;
const record = (id: string, values: object = {}): RecordData =>
  ({ id, object: 'company', version: 3, title: id, updated_at: '', ...values }) as RecordData;
const edit = (key: string, value: string, state: CellEdit['state'] = 'saving'): CellEdit => ({
  field: field(key),
  text: value,
  value,
  state,
});
const never = () => false;

describe('what was typed', () => {
  it('stands over the record, and only rows that changed are other objects', () => {
    const one = record('A', { phone: '1' });
    const edits = withEdits(noEdits, [{ id: 'A', field: 'phone', edit: edit('phone', '2') }]);
    expect(overlay(one, edits).phone).toBe('2');
    expect(overlay(one, edits)).toBe(overlay(one, edits));
    expect(overlay(record('B'), edits).phone).toBeUndefined();
    const more = withEdits(edits, [{ id: 'B', field: 'fax', edit: edit('fax', '3', 'wrong') }]);
    expect(more.get('A')).toBe(edits.get('A'));
    expect(marksOf(more, 'A')).toBe(marksOf(more, 'A'));
    expect(marksOf(more, 'B')).toEqual({ fax: { state: 'wrong', text: '3' } });
    expect(openCells(more).map((each) => each.id)).toEqual(['B']);
    expect([...withoutCells(more, [{ id: 'B', field: 'fax' }]).keys()]).toEqual(['A']);
  });

  it('is one operation a record, without what stands there already', () => {
    const one = record('A', { phone: '1', fax: '9' });
    const changes = [
      { record: one, field: field('phone'), text: '1', value: '1' },
      { record: one, field: field('fax'), text: '2', value: '2' },
      { record: one, field: field('name'), text: 'x', value: 'x' },
      { record: record('B'), field: field('fax'), text: '', value: null },
    ];
    const work = workOf(realChanges(changes, noEdits));
    expect(work.map((row) => operationOf(row, (_id, values) => values))).toEqual([
      { op: 'update', id: 'A', version: 3, values: { fax: '2', name: 'x' } },
    ]);
  });
});

describe('what is sent', () => {
  it('is what differs from what is on the screen, and what did not go in before', () => {
    const one = record('A', { phone: '1' });
    const typed = (value: string) => [{ record: one, field: field('phone'), text: value, value }];
    const saving = withEdits(noEdits, [{ id: 'A', field: 'phone', edit: edit('phone', '2') }]);
    expect(realChanges(typed('2'), saving)).toEqual([]);
    expect(realChanges(typed('1'), saving)).toHaveLength(1);
    const wrong = withEdits(noEdits, [{ id: 'A', field: 'phone', edit: edit('phone', '2', 'wrong') }]);
    expect(realChanges(typed('2'), wrong)).toHaveLength(1);
  });
});

describe('a row that is no record yet', () => {
  const typed = withEdits(noEdits, [
    { id: 'new:1', field: 'name', edit: edit('name', '山田商店', 'draft') },
    { id: 'new:1', field: 'phone', edit: edit('phone', 'なし', 'wrong') },
    { id: 'new:2', field: 'name', edit: edit('name', '送信中', 'saving') },
    { id: 'new:2', field: 'fax', edit: edit('fax', '3', 'draft') },
    { id: 'A', field: 'fax', edit: edit('fax', '3') },
  ]);

  it('is sent whole, once, and not while it is typed into', () => {
    expect(draftsOf(typed)).toEqual([
      { id: 'new:1', field: 'name' },
      { id: 'new:1', field: 'phone' },
    ]);
    expect(draftsOf(typed, { except: 'new:1' })).toEqual([]);
    // Nobody asked, and something is still wrong with it.
    expect(draftsOf(typed, { ready: true })).toEqual([]);
    const [work] = workOf([{ record: record('new:1'), field: field('name'), text: 'x', value: 'x' }]);
    const made = (id: string, values: object) => ({ stage: id, ...values });
    expect(work && operationOf(work, made)).toEqual({ op: 'create', values: { stage: 'new:1', name: 'x' } });
  });

  it('becomes a record with the cells that are left', () => {
    const edits = renamed(typed, 'new:1', 'B');
    expect(edits.has('new:1')).toBe(false);
    expect(edits.get('B')).toEqual(typed.get('new:1'));
    expect(renamed(edits, 'C', 'D')).toBe(edits);
  });
});

describe('an answer', () => {
  const row = () =>
    workOf([
      { record: record('A'), field: field('phone'), text: 'x', value: 'x' },
      { record: record('A'), field: field('fax'), text: 'y', value: 'y' },
    ])[0] as ReturnType<typeof workOf>[number];

  it('lets the good cells of a refused row go in', () => {
    const answer: RowAnswer = {
      ok: false,
      error: {
        code: 'invalid',
        title: 'だめ',
        problems: [{ field: 'phone', code: 'invalid_phone', message: '電話番号ではありません' }],
      },
    };
    const judged = judge(row(), answer, never);
    expect(judged.wrong).toEqual([{ field: 'phone', message: '電話番号ではありません' }]);
    expect(judged.again && operationOf(judged.again, (_id, values) => values).values).toEqual({ fax: 'y' });
  });

  it('of a new row tells what it lacks, and sends nothing more', () => {
    const [made] = workOf([{ record: record('new:1'), field: field('phone'), text: 'x', value: 'x' }]);
    const problems = [
      { field: 'name', code: 'required', message: '会社名を入れてください' },
      { field: 'phone', code: 'invalid_phone', message: 'だめ' },
    ];
    const judged = made && judge(made, { ok: false, error: { code: 'invalid', title: '', problems } }, never);
    expect(judged).toMatchObject({
      lacks: [{ field: 'name', message: '会社名を入れてください' }],
      wrong: [],
      again: undefined,
    });
  });

  it('that names no cell is of all of them', () => {
    const answer: RowAnswer = {
      ok: false,
      error: { code: 'forbidden', title: '権限がありません', problems: [] },
    };
    expect(judge(row(), answer, never).wrong).toEqual([
      { field: 'phone', message: '権限がありません' },
      { field: 'fax', message: '権限がありません' },
    ]);
  });

  it('tells conflicts of others, and goes on with one’s own last value', () => {
    const conflicts: Conflict[] = [
      { field: 'phone', yours: 'x', theirs: 'other' },
      { field: 'fax', yours: 'y', theirs: 'before' },
    ];
    const answer: RowAnswer = {
      ok: false,
      error: {
        code: 'conflict',
        title: '',
        problems: [],
        conflict: { current: record('A', { version: 8 }), conflicts },
      },
    };
    const judged = judge(row(), answer, (name, value) => name === 'fax' && value === 'before');
    expect(judged.conflicts.map((each) => each.field)).toEqual(['phone']);
    expect(judged.again).toMatchObject({ id: 'A', version: 8 });
    expect([...(judged.again?.cells.keys() ?? [])]).toEqual(['fax']);
  });
});
