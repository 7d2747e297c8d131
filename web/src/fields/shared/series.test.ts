import { describe, expect, it } from 'vitest';
import { continued } from './series';

describe('filling on', () => {
  it('continues numbers with one step and repeats the others', () => {
    expect(continued([10, 20], 3, 'number')).toEqual([30, 40, 50]);
    expect(continued([0.1, 0.2], 2, 'number')).toEqual([0.3, 0.4]);
    expect(continued([4901234567894, 4901234567895], 2, 'number')).toEqual([4901234567896, 4901234567897]);
    expect(continued([5], 2, 'number')).toEqual([5, 5]);
    expect(continued([1, 2, 4], 4, 'number')).toEqual([1, 2, 4, 1]);
    expect(continued([3, null], 2, 'number')).toEqual([3, null]);
    expect(continued(['A', 'B'], 3, undefined)).toEqual(['A', 'B', 'A']);
  });

  it('goes on by days, by the step, by months', () => {
    expect(continued(['2026-02-27'], 3, 'date')).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
    expect(continued(['2026-01-05', '2026-01-12'], 2, 'date')).toEqual(['2026-01-19', '2026-01-26']);
    expect(continued(['2026-01-31', '2026-03-31'], 2, 'date')).toEqual(['2026-05-31', '2026-07-31']);
    expect(continued(['2026-01-25', '2026-02-25', '2026-03-25'], 2, 'date')).toEqual([
      '2026-04-25',
      '2026-05-25',
    ]);
    expect(continued(['2026-10-31', '2026-12-31', '2027-01-31'], 1, 'date')).toEqual(['2026-10-31']);
    expect(continued(['2026-07-31', '2026-08-31', '2026-10-01'], 1, 'date')).toEqual(['2026-11-01']);
    expect(continued(['きのう'], 2, 'date')).toEqual(['きのう', 'きのう']);
  });
});
