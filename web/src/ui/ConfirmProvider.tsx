import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useState } from 'react';

// The dialog is loaded when the first question is asked: the first screen has none.
const ConfirmDialog = lazy(() => import('./ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })));

export interface ConfirmOptions {
  title: string;
  /** What will happen, with the count. */
  message?: ReactNode;
  confirm?: string;
  danger?: boolean;
}
type Ask = (options: ConfirmOptions) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** `if (await confirm({ title, message, danger: true })) ...` */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ options: ConfirmOptions; answer: (yes: boolean) => void }>();
  const [used, setUsed] = useState(false);
  const ask = useCallback<Ask>((options) => {
    setUsed(true);
    return new Promise((answer) => setAsked({ options, answer }));
  }, []);
  const answer = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(undefined);
  };
  return (
    <ConfirmContext value={ask}>
      {children}
      {used && (
        <Suspense>
          <ConfirmDialog options={asked?.options} onAnswer={answer} />
        </Suspense>
      )}
    </ConfirmContext>
  );
}
