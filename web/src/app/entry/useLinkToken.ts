import { useEffect, useState } from 'react';

/** The one-time token after the '#'. It is taken out of the address at once, so that it stays in no history. */
export function useLinkToken(): string {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  useEffect(() => {
    if (window.location.hash) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  return token;
}
