import { describe, expect, it } from 'vitest';
import type { CardCorners } from '@/api';
import { cornerOf, firstCorners, rectangle, usable, withCorner } from './corners';

const square: CardCorners = [1000, 1000, 5000, 1000, 5000, 4000, 1000, 4000];

describe('corners', () => {
  it('makes a rectangle of any two points, inside the photo', () => {
    expect(rectangle({ x: 5000, y: 4000 }, { x: 1000, y: 1000 })).toEqual(square);
    expect(rectangle({ x: -300, y: 20 }, { x: 12_000, y: 300 })).toEqual([
      0, 20, 10_000, 20, 10_000, 300, 0, 300,
    ]);
  });

  it('moves one corner and leaves the others', () => {
    const moved = withCorner(square, 2, { x: 20_000, y: 4200.4 });
    expect(cornerOf(moved, 2)).toEqual({ x: 10_000, y: 4200 });
    expect(moved.slice(0, 4)).toEqual(square.slice(0, 4));
    expect(cornerOf(square, 2)).toEqual({ x: 5000, y: 4000 });
  });

  it('takes shapes that the server takes', () => {
    expect(usable(square)).toBe(true);
    // Turned by half: the first corner is the top left of the card, not of the photo.
    expect(usable([5000, 4000, 1000, 4000, 1000, 1000, 5000, 1000])).toBe(true);
    expect(usable([1000, 1000, 1000, 4000, 5000, 4000, 5000, 1000])).toBe(false);
    expect(usable(withCorner(square, 2, { x: 1200, y: 1100 }))).toBe(false);
    expect(usable(rectangle({ x: 0, y: 0 }, { x: 100, y: 100 }))).toBe(false);
  });

  it('begins inside the rim where nothing was found', () => {
    expect(firstCorners(square)).toEqual(square);
    expect(firstCorners([0, 0, 10_000, 0, 10_000, 10_000, 0, 10_000])).toEqual([
      500, 500, 9500, 500, 9500, 9500, 500, 9500,
    ]);
  });
});
