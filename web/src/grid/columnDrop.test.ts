import { describe, expect, it } from 'vitest';
import { dropAt } from './columnDrop';

// Name, then four columns of 100; scrolled by 150, so that the second and half of the third are under the name.
const still = [0, 200, 300, 400, 500].map((left) => ({ left, right: left === 0 ? 200 : left + 100 }));
const scrolled = [
  { left: 0, right: 200 },
  ...[50, 150, 250, 350].map((left) => ({ left, right: left + 100 })),
];

describe('dropAt', () => {
  it.each([
    ['before the half of a heading', 320, 4, { before: 2, at: 300 }],
    ['behind it', 370, 4, { before: 3, at: 400 }],
    ['beyond the last', 900, 1, { before: 5, at: 600 }],
    ['onto the name', 20, 3, { before: 1, at: 200 }],
    ['where it is', 320, 2, undefined],
    ['right behind itself', 420, 2, undefined],
  ])('%s', (_what, x, dragged, expected) => {
    expect(dropAt(still, 1, x, dragged)).toEqual(expected);
  });

  it('finds what is seen, not what is covered by frozen columns', () => {
    expect(dropAt(scrolled, 1, 160, 4)).toEqual({ before: 1, at: 200 });
    expect(dropAt(scrolled, 1, 205, 4)).toEqual({ before: 3, at: 250 });
    // The line is never drawn under them.
    expect(dropAt(scrolled, 1, 201, 1)?.at).toBeGreaterThanOrEqual(200);
  });
});
