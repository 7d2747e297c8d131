import { describe, expect, it } from 'vitest';
import { safeReturn } from './safeReturn';

describe('safeReturn', () => {
  it.each([
    ['/o/companies?sort="name"', '/o/companies?sort="name"'],
    [undefined, '/'],
    ['', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?to=/login', '/'],
  ])('%s leads to %s', (to, path) => {
    expect(safeReturn(to)).toBe(path);
  });
});
