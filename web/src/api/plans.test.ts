import { describe, expect, it } from 'vitest';
import { runsOf } from './plans';
import type { RecordData } from './types';

const plan = { id: 'P', title: '納品後フォロー' };
const task = (id: string, more: Partial<RecordData>) =>
  ({ id, title: id, plan, ...more }) as unknown as RecordData;

describe('runsOf', () => {
  it('counts what is done of each run and keeps what is open in its order', () => {
    const runs = runsOf([
      task('1', { rule: 'plan:A', done: true }),
      task('2', { rule: 'plan:B', done: false }),
      task('3', { rule: 'plan:A', done: false }),
      task('4', { rule: 'plan:A' }),
    ]);
    expect(runs.map(({ run, done, open }) => [run, done, open.map((each) => each.id)])).toEqual([
      ['plan:A', 1, ['3', '4']],
      ['plan:B', 0, ['2']],
    ]);
  });

  it('leaves out runs that are done and tasks whose plan is hidden or masked', () => {
    expect(
      runsOf([
        task('1', { rule: 'plan:A', done: true }),
        task('2', { plan: null, rule: 'plan:B' }),
        task('3', { plan: '＊＊＊', rule: 'plan:C' }),
      ]),
    ).toEqual([]);
  });

  it('holds tasks of an imported plan together without their run', () => {
    expect(runsOf([task('1', { done: true }), task('2', {})])).toMatchObject([
      { done: 1, open: [{ id: '2' }] },
    ]);
  });
});
