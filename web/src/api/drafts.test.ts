import { beforeEach, describe, expect, it, vi } from 'vitest';
import { draftOf, dropDraft, dropDrafts, keepDraft } from './drafts';

/** As much of a browser's store as is needed, with its keys as own properties. */
function fakeStorage(): Storage {
  const kept: Record<string, unknown> = {};
  const hidden = (name: string, value: unknown) =>
    Object.defineProperty(kept, name, { value, enumerable: false });
  hidden('getItem', (key: string) => kept[key] ?? null);
  hidden('setItem', (key: string, value: string) => {
    kept[key] = value;
  });
  hidden('removeItem', (key: string) => {
    delete kept[key];
  });
  return kept as unknown as Storage;
}

describe('drafts', () => {
  beforeEach(() => vi.stubGlobal('window', { localStorage: fakeStorage() }));

  it('are of one person and one place', () => {
    keepDraft('a', 'company.1', { text: '納期' });
    expect(draftOf('a', 'company.1')).toEqual({ text: '納期' });
    expect(draftOf('b', 'company.1')).toBeNull();
    expect(draftOf('a', 'company.2')).toBeNull();
    dropDraft('a', 'company.1');
    expect(draftOf('a', 'company.1')).toBeNull();
  });

  it('go with the one who leaves, and what is not a draft stays', () => {
    window.localStorage.setItem('other', 'x');
    keepDraft('a', 'company.1', 1);
    keepDraft('b', 'company.1', 2);
    dropDrafts('b');
    expect([draftOf('a', 'company.1'), draftOf('b', 'company.1')]).toEqual([null, 2]);
    dropDrafts();
    expect([draftOf('b', 'company.1'), window.localStorage.getItem('other')]).toEqual([null, 'x']);
  });

  it('that cannot be read are none', () => {
    window.localStorage.setItem('daifuku.draft.a.company.1', '{');
    expect(draftOf('a', 'company.1')).toBeNull();
  });
});
