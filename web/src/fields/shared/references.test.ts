import { describe, expect, it } from 'vitest';
import { isEmpty, referencesOf, sameValue, toWrite } from './references';

describe('references', () => {
  it('sends linked records by their id', () => {
    expect(toWrite({ id: '1', title: '山田' })).toBe('1');
    expect(toWrite([{ id: '1', title: '山田' }, { hidden: true }])).toEqual(['1']);
    expect(toWrite({ id: '2', name: 'a.pdf', size: 1, type: 'application/pdf' })).toBe('2');
    expect(toWrite(['a', 'b'])).toEqual(['a', 'b']);
    expect(toWrite(undefined)).toBeNull();
    expect(toWrite(0)).toBe(0);
    expect(toWrite(false)).toBe(false);
  });

  it('knows what is empty', () => {
    for (const value of [undefined, null, '', []]) expect(isEmpty(value)).toBe(true);
    for (const value of [0, false, 'a', ['a']]) expect(isEmpty(value)).toBe(false);
  });

  it('compares values in either form', () => {
    expect(sameValue({ id: '1', title: 'old title' }, '1')).toBe(true);
    expect(sameValue(undefined, '')).toBe(true);
    expect(sameValue(0, null)).toBe(false);
    expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false);
  });

  it('reads references of one or several', () => {
    expect(referencesOf({ id: '1', title: 'a' })).toHaveLength(1);
    expect(referencesOf([{ id: '1', title: 'a' }, { hidden: true }])).toHaveLength(1);
    expect(referencesOf('1')).toEqual([]);
  });
});
