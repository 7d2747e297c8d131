import { describe, expect, it } from 'vitest';
import { outsideLimits, parseNumber } from './numbers';

describe('parseNumber', () => {
  it.each([
    ['1234', 1234],
    ['1,234', 1234],
    ['１，２３４円', 1234],
    ['¥1,234', 1234],
    ['１２万円', 120_000],
    ['1.5億', 150_000_000],
    ['3億5千万', 350_000_000],
    ['3億5000万円', 350_000_000],
    ['2千', 2000],
    ['▲500', -500],
    ['−500', -500],
    ['-¥500', -500],
    ['50％', 50],
    ['0.125', 0.125],
    ['120名', 120],
    ['0', 0],
  ])('%s', (typed, value) => {
    expect(parseNumber(typed)).toBe(value);
  });

  it.each(['', 'abc', '万', '1.2.3', '12-34', '約100', '1..5万'])('refuses %s', (typed) => {
    expect(parseNumber(typed)).toBeNull();
  });
});

describe('outsideLimits', () => {
  it.each([
    [-1, 0, null, 'numberTooLow'],
    [0, 0, null, null],
    [101, undefined, 100, 'numberTooHigh'],
    [101, 0, 100, 'numberBetween'],
    [-1, 0, 100, 'numberBetween'],
    [-1, null, null, null],
    ['たくさん', 0, 1, null],
  ])('%s between %s and %s', (value, least, greatest, wrong) => {
    expect(outsideLimits(value, least, greatest)).toBe(wrong);
  });
});
