import { describe, expect, it } from 'vitest';
import { inRounds } from './rounds';

interface Part {
  change: string | null;
  next?: string | null;
  done: number;
}
const add = (sum: Part, round: Part) => ({ ...sum, done: sum.done + round.done });

describe('inRounds', () => {
  it('asks on with the change and the cursor until there is no next', async () => {
    const asked: object[] = [];
    const rounds: Part[] = [
      { change: 'c', next: 'n1', done: 500 },
      { change: null, next: 'n2', done: 0 },
      { change: 'c', next: null, done: 7 },
    ];

    const sum = await inRounds(
      async (from) => {
        asked.push(from);
        return rounds[asked.length - 1] as Part;
      },
      add,
      () => true,
    );

    expect(sum).toEqual({ change: 'c', next: null, done: 507 });
    expect(asked).toEqual([
      { change: undefined, after: undefined },
      { change: 'c', after: 'n1' },
      { change: 'c', after: 'n2' },
    ]);
  });

  it('stops where it is told to, with what was done so far', async () => {
    let rounds = 0;

    const sum = await inRounds<Part>(
      async () => ({ change: 'c', next: 'more', done: ++rounds }),
      add,
      (so) => so.done < 3,
    );

    expect(sum).toEqual({ change: 'c', next: 'more', done: 3 });
  });
});
