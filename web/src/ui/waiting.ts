import { createContext, useContext, useLayoutEffect } from 'react';

/** Given by Together: called by what begins to wait; the answer is called when it has ended. */
export const WaitingContext = createContext<(() => () => void) | undefined>(undefined);

/** What calls it stands for something that is still loading. */
export function useWaiting(): void {
  const enter = useContext(WaitingContext);
  useLayoutEffect(() => enter?.(), [enter]);
}
