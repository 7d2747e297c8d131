import { describe, expect, it, vi } from 'vitest';
import type { RecordData } from '@/api';
import { finderOf } from './findCells';
import { type Looked, lookThrough } from './lookThrough';

const record = (at: number) =>
  ({
    id: String(at),
    object: 'company',
    version: 1,
    title: '',
    updated_at: '',
    name: `会社${at}`,
  }) as RecordData;

/** A list of `count` rows of which the first `loaded` are there. */
function listOf(count: number, loaded: number, end: number | undefined) {
  const upTo = (first: number, last: number) =>
    Array.from({ length: Math.max(0, Math.min(last, count - 1) - first + 1) }, (_, at) => record(first + at));
  const load = vi.fn((first: number, last: number) => Promise.resolve(upTo(first, last)));
  const peek = (first: number, last: number) => (last < loaded ? upTo(first, last) : undefined);
  return { load, list: () => ({ rows: { peek, load }, end, shown: (of: RecordData) => of }) };
}

async function look(list: ReturnType<typeof listOf>['list'], text: string, most: number, stopAfter = 1e9) {
  const finder = finderOf(text, ['name'], (of) => [String(of.name)], new WeakMap());
  const told: Looked[] = [];
  if (finder)
    await lookThrough(
      list,
      ['name'],
      finder,
      most,
      (now) => told.push(now),
      () => told.length >= stopAfter,
    );
  return told;
}

describe('lookThrough', () => {
  it('reads what is not here, to the end of the list and no further', async () => {
    const { list, load } = listOf(1200, 1000, 1200);
    const told = await look(list, '会社1199', 20_000);
    expect(told.at(-1)).toEqual({ hits: [{ row: 1199, column: 0 }], read: 1200, done: true, more: false });
    expect(load.mock.calls).toEqual([[1000, 1199]]);
  });

  it('stops after so many rows and says that there may be more', async () => {
    const { list } = listOf(1030, 0, undefined);
    expect((await look(list, '会社1007', 1000)).at(-1)).toEqual({
      hits: [],
      read: 1000,
      done: true,
      more: true,
    });
    expect((await look(list, '会社1007', 2000)).at(-1)).toEqual({
      hits: [{ row: 1007, column: 0 }],
      read: 1030,
      done: true,
      more: false,
    });
  });

  it('tells what it has as it goes, and ends when it is stopped', async () => {
    const { list, load } = listOf(5000, 0, 5000);
    const told = await look(list, '会社4', 20_000, 2);
    expect(told.map(({ read, done }) => [read, done])).toEqual([
      [500, false],
      [1000, false],
    ]);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('passes on what reading throws', async () => {
    const { list, load } = listOf(10, 0, 10);
    load.mockRejectedValueOnce(new Error('gone'));
    await expect(look(list, '会社3', 100)).rejects.toThrow('gone');
  });
});
