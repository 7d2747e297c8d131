import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import type { ObjectMeta, RecordData } from '@/api';
import type { Customer } from './customers';
import type { WorkAction } from './workPanels';

const ContactDrawer = lazy(() => import('./ContactDrawer').then((m) => ({ default: m.ContactDrawer })));
const AnswerDrawer = lazy(() => import('./AnswerDrawer').then((m) => ({ default: m.AnswerDrawer })));

export type AnswerAction = Extract<WorkAction, { do: 'answer' }>;
interface Dialogs {
  contact: (customers: Customer[]) => void;
  answer: (object: ObjectMeta, record: RecordData, action: AnswerAction) => void;
}
const DialogsContext = createContext<Dialogs>({ contact: () => {}, answer: () => {} });

/** Drawers of the home screen. They stand above the lists, whose rows may go while one is open. */
export function useHomeDialogs(): Dialogs {
  return useContext(DialogsContext);
}

/** Lets every list of the screen load again: one press moves records between several of them. */
export function useRefreshWork(): () => void {
  const cache = useQueryClient();
  return useCallback(
    () =>
      void cache.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'o' && queryKey[2] === 'list',
      }),
    [cache],
  );
}

type Opened =
  | { contact: Customer[] }
  | { answer: { object: ObjectMeta; record: RecordData; action: AnswerAction } };

export function HomeDialogs({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened>();
  const refresh = useRefreshWork();
  const dialogs = useMemo<Dialogs>(
    () => ({
      contact: (customers) => setOpened({ contact: customers }),
      answer: (object, record, action) => setOpened({ answer: { object, record, action } }),
    }),
    [],
  );
  const close = () => setOpened(undefined);
  const done = () => {
    close();
    refresh();
  };
  return (
    <DialogsContext value={dialogs}>
      {children}
      <Suspense>
        {opened && 'contact' in opened && (
          <ContactDrawer customers={opened.contact} onClose={close} onDone={done} />
        )}
        {opened && 'answer' in opened && <AnswerDrawer {...opened.answer} onClose={close} onDone={done} />}
      </Suspense>
    </DialogsContext>
  );
}
