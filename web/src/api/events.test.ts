import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { applyMetadata } from './events';
import { keys } from './keys';

function cacheWith(version?: string) {
  const cache = new QueryClient();
  cache.setQueryData(keys.lists('company'), []);
  if (version) cache.setQueryData(keys.metadata, { version, objects: [] });
  return { cache, old: () => cache.getQueryState(keys.lists('company'))?.isInvalidated };
}

describe('applyMetadata', () => {
  it('asks for everything again when fields or rights are others', () => {
    const { cache, old } = cacheWith('1-a');
    applyMetadata(cache, '1-b');
    expect(old()).toBe(true);
    expect(cache.getQueryState(keys.metadata)?.isInvalidated).toBe(true);
  });

  it('leaves a screen alone that is up to date, or not made yet', () => {
    for (const version of ['1-a', undefined]) {
      const { cache, old } = cacheWith(version);
      applyMetadata(cache, '1-a');
      expect(old()).toBe(false);
    }
  });
});
