import { expect, it } from 'vitest';
import { fitInto } from './shrinkPhoto';

it.each([
  [4000, 3000, { width: 2400, height: 1800 }],
  [3000, 4000, { width: 1800, height: 2400 }],
  [800, 600, { width: 800, height: 600 }],
  [10_000, 1, { width: 2400, height: 1 }],
])('%i x %i', (width, height, size) => {
  expect(fitInto(width, height, 2400)).toEqual(size);
});
