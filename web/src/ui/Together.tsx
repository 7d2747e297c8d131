import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Loading } from './Loading';
import { WaitingContext } from './waiting';

const kLongest = 1_500; // milliseconds: then what is there is shown, and the rest comes as it can

interface TogetherProps {
  /** How many lines stand there meanwhile. */
  rows: number;
  /** Shown from the start: one of the parts takes the focus, which what is hidden cannot. */
  now?: boolean;
  children: ReactNode;
}

/**
 * Shows its parts when none of them is loading any more, so that none pushes the others away while somebody begins to read. Once
 * shown they stay, whatever they load later.
 */
export function Together({ rows, now = false, children }: TogetherProps) {
  const [shown, setShown] = useState(now);
  const waiting = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // One part may begin to wait in the moment in which another ends.
  const look = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => waiting.current === 0 && setShown(true));
  }, []);
  const enter = useCallback(() => {
    waiting.current += 1;
    return () => {
      waiting.current -= 1;
      look();
    };
  }, [look]);
  useEffect(() => {
    look();
    const longest = setTimeout(() => setShown(true), kLongest);
    return () => {
      clearTimeout(longest);
      clearTimeout(timer.current);
    };
  }, [look]);
  return (
    <>
      {!shown && <Loading rows={rows} />}
      <div style={{ display: shown ? 'contents' : 'none' }}>
        <WaitingContext.Provider value={shown ? undefined : enter}>{children}</WaitingContext.Provider>
      </div>
    </>
  );
}
