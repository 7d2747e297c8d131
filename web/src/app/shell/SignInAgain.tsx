import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { keys, onSignInRequired } from '@/api';

const SignInAgainDialog = lazy(() =>
  import('./SignInAgainDialog').then((m) => ({ default: m.SignInAgainDialog })),
);

/** Asks for the password over the page when the session has ended: what was typed stays, and the requests that waited are sent again. */
export function SignInAgain() {
  const cache = useQueryClient();
  const waiting = useRef<((again: boolean) => void)[]>([]);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    onSignInRequired(() => {
      setAsking(true);
      return new Promise((answer) => waiting.current.push(answer));
    });
    return () => onSignInRequired(undefined);
  }, []);

  const finish = (again: boolean) => {
    for (const answer of waiting.current.splice(0)) answer(again);
    setAsking(false);
  };
  const leave = () => {
    finish(false);
    const to = window.location.pathname + window.location.search;
    cache.removeQueries({ queryKey: keys.session });
    window.location.assign(`/login?to=${encodeURIComponent(to)}`);
  };

  if (!asking) return null;
  return (
    <Suspense>
      <SignInAgainDialog onSignedIn={() => finish(true)} onLeave={leave} />
    </Suspense>
  );
}
