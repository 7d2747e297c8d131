import { useCallback, useEffect, useRef, useState } from 'react';
import { erasings, fetchSession, isApiError, keys, type Session } from '@/api';
import { type Kept, readKept } from '@/api/kept';
import { sendWaiting, subscribeQueue, type Waiting, waitingOf } from '@/api/queue';
import { queryClient } from '../queryClient';

/** What waits on this device for its user, kept up to date. */
export function useWaiting(user: string | undefined): Waiting[] {
  const [items, setItems] = useState<Waiting[]>([]);
  useEffect(() => {
    if (!user) return;
    let gone = false;
    const read = () =>
      void waitingOf(user).then((found) => {
        if (!gone) setItems(found);
      });
    read();
    const stop = subscribeQueue(read);
    return () => {
      gone = true;
      stop();
    };
  }, [user]);
  return items;
}

/** What is kept on this device; undefined until it is read, null when there is nothing (any more). */
export function useKept(): [Kept | null | undefined, () => Promise<void>] {
  const [kept, setKept] = useState<Kept | null>();
  const read = useCallback(async () => {
    try {
      setKept((await readKept()) ?? null);
    } catch {
      setKept(null); // switched off in this browser
    }
  }, []);
  useEffect(() => {
    void read();
    // Too old while it is looked at: it goes from the screen as from the device.
    const timer = window.setInterval(() => void read(), 60_000);
    return () => window.clearInterval(timer);
  }, [read]);
  return [kept, read];
}

const askAgainMs = 5000;
const patienceMs = 10_000;

/** Whether the server is there, asked at an address that belongs to no session: to ask for the session would keep it from ending. */
async function isThere(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(patienceMs),
    });
    // A proxy that does not pass this address on answers too; whether the server does, the session tells.
    return answer.status < 500;
  } catch {
    return false;
  }
}

interface LineState {
  line: 'asking' | 'off' | 'in' | 'out';
  user?: Session['user'];
}

async function askSession(): Promise<LineState> {
  try {
    const session = await fetchSession();
    queryClient.setQueryData(keys.session, session);
    return { line: 'in', user: session.user };
  } catch (error) {
    const isOut = isApiError(error) && error.status === 401;
    if (isOut) queryClient.removeQueries({ queryKey: keys.session });
    return { line: isOut ? 'out' : 'off' };
  }
}

/** Whether the server answers, asked again and again: off = no, in = signed in, out = signed in no more. The session is asked for when
 *  the line is back, when somebody looks here again, and when a request found it ended; not while nobody does anything. */
export function useLine(): LineState {
  const [state, setState] = useState<LineState>({ line: 'asking' });
  useEffect(() => {
    let timer: number | undefined;
    let gone = false;
    let busy = false;
    let now: LineState['line'] = 'asking';
    let erased = erasings();
    const ask = async (looked: boolean) => {
      if (busy) return;
      busy = true;
      window.clearTimeout(timer);
      let next: LineState | undefined;
      if (now !== 'asking' && !(await isThere())) next = { line: 'off' };
      else if (looked || now !== 'in' || erased !== erasings()) next = await askSession();
      erased = erasings();
      busy = false;
      if (gone) return;
      if (next) {
        now = next.line;
        setState(next);
      }
      timer = window.setTimeout(() => void ask(false), askAgainMs);
    };
    void ask(true);
    const back = () => void ask(false);
    const look = () => {
      if (document.visibilityState === 'visible') void ask(true);
    };
    window.addEventListener('online', back);
    document.addEventListener('visibilitychange', look);
    return () => {
      gone = true;
      window.clearTimeout(timer);
      window.removeEventListener('online', back);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return state;
}

/** Sends what waits as soon as and as long as there is a line. `onSent` is told how many arrived, also when nothing waits any more. */
export function useSending(
  user: string | undefined,
  line: boolean,
  count: number,
  onSent: (sent: number) => void,
): void {
  const told = useRef(onSent);
  useEffect(() => {
    told.current = onSent;
  }, [onSent]);
  const send = useCallback((writer: string) => {
    sendWaiting(writer).then(
      (sent) => {
        if (sent > 0) told.current(sent);
      },
      () => undefined, // the browser keeps nothing any more: there is nothing to send
    );
  }, []);
  // One run may send many: that there are fewer after each is no reason to begin anew.
  const some = count > 0;
  useEffect(() => {
    if (!user || !line || !some) return;
    send(user);
    const timer = window.setInterval(() => send(user), 15_000);
    return () => window.clearInterval(timer);
  }, [user, line, some, send]);
  const before = useRef(count);
  useEffect(() => {
    const isMore = before.current > 0 && count > before.current;
    before.current = count;
    if (isMore && user && line) send(user);
  }, [user, line, count, send]);
}
