import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '@/api';
import { requestKey, untilAnswered } from './requests';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const here = () => true;

it('is sent again until it is answered while nobody answers', async () => {
  const failures = [
    new ApiError(0, { code: 'unreachable' }),
    new ApiError(502, {}),
    new TypeError('cut off'),
  ];
  const send = vi.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return 'done';
  });
  const answer = untilAnswered(send, here);
  await vi.runAllTimersAsync();
  expect(await answer).toBe('done');
  expect(send).toHaveBeenCalledTimes(4);
});

it('is refused at once, and not for ever broken', async () => {
  const refused = vi.fn(async () => {
    throw new ApiError(403, { code: 'forbidden' });
  });
  await expect(untilAnswered(refused, here)).rejects.toThrow();
  expect(refused).toHaveBeenCalledTimes(1);
  const broken = vi.fn(async () => {
    throw new SyntaxError('no JSON');
  });
  const answer = expect(untilAnswered(broken, here)).rejects.toThrow('no JSON');
  await vi.runAllTimersAsync();
  await answer;
  expect(broken).toHaveBeenCalledTimes(4);
});

it('ends when nobody waits for it any more', async () => {
  const send = vi.fn(async () => {
    throw new ApiError(0, { code: 'unreachable' });
  });
  await expect(untilAnswered(send, () => false)).rejects.toThrow();
  expect(send).toHaveBeenCalledTimes(1);
});

it('has another name each time', () => {
  expect(requestKey()).toMatch(/^sheet-[0-9a-f]{32}$/);
  expect(requestKey()).not.toBe(requestKey());
});
