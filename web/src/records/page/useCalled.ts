import { useCallback, useEffect, useState } from 'react';

/** Whether a number on this page was just called: who comes back from the call finds it ready to be written down. */
export function useCalled(watch: boolean): [boolean, () => void] {
  const [called, setCalled] = useState(false);
  useEffect(() => {
    if (!watch) return;
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('a[href^="tel:"]')) setCalled(true);
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [watch]);
  return [called, useCallback(() => setCalled(false), [])];
}
