import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './client';
import { countForm, sendFormCounts } from './formCounts';

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};

describe('counts of forms', () => {
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', storage);
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('go together, once, with nothing but object, field and number', async () => {
    const post = vi.spyOn(api, 'post').mockResolvedValue(undefined);
    countForm('company', 'opened');
    countForm('company', 'opened');
    countForm('company', 'left', 'note');
    await vi.advanceTimersByTimeAsync(20_000);
    await sendFormCounts();

    expect(post).toHaveBeenCalledTimes(1);
    expect(post.mock.calls[0]?.[1]).toEqual({
      items: [
        { object: 'company', kind: 'opened', count: 2 },
        { object: 'company', kind: 'left', field: 'note', count: 1 },
      ],
    });
    expect(kept.size).toBe(0);
  });

  it('wait for a line', async () => {
    const post = vi.spyOn(api, 'post').mockRejectedValueOnce(new Error('offline'));
    countForm('deal', 'saved');
    await sendFormCounts();
    post.mockResolvedValue(undefined);
    countForm('deal', 'saved');
    await sendFormCounts();

    expect(post.mock.calls[1]?.[1]).toEqual({ items: [{ object: 'deal', kind: 'saved', count: 2 }] });
  });
});
