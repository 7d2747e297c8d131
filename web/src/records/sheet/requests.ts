import { isApiError, isReachable, subscribeReachable } from '@/api';

// No connection, or a gateway without its server.
const kAway = new Set([0, 502, 503, 504]);
const kMostBroken = 4;
const kRetryMs = 3000;

/**
 * Sends until there is an answer: while the line is down nothing is given up, as long as `wanted`. Other failures are thrown.
 * What is sent must do no harm twice.
 */
export async function untilAnswered<T>(send: () => Promise<T>, wanted: () => boolean): Promise<T> {
  for (let broken = 0; ; ) {
    try {
      return await send();
    } catch (error) {
      // An answer that was cut off in the middle is no answer either, but not for ever.
      const away = isApiError(error) ? kAway.has(error.status) : ++broken < kMostBroken;
      if (!away || !wanted()) throw error;
      await reachableAgain();
    }
  }
}

/** A name for one request, under which it is done once however often it is sent. */
// crypto.randomUUID is only there on https, and offices run without.
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sheet-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Waits until another request got through, or for a moment: then it is worth another try. */
function reachableAgain(): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      leave();
      done();
    };
    const leave = subscribeReachable(() => isReachable() && end());
    const timer = setTimeout(end, kRetryMs);
  });
}
