import { useNavigate } from '@tanstack/react-router';
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useState } from 'react';
import type { ObjectMeta, RecordData, Values } from '@/api';

const RecordCreate = lazy(() => import('@/records/RecordCreate').then((m) => ({ default: m.RecordCreate })));

type Create = (object: ObjectMeta, initial?: Values) => void;
const CreateContext = createContext<Create>(() => {});

/** Opens the drawer for a new record from anywhere; afterwards the record's page. */
export function useCreate(): Create {
  return useContext(CreateContext);
}

export function CreateProvider({ children }: { children: ReactNode }) {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<{ object: ObjectMeta; initial?: Values }>();
  const [opened, setOpened] = useState(false);
  const create = useCallback<Create>((object, initial) => {
    setWanted({ object, initial });
    setOpened(true);
  }, []);
  const created = (record: RecordData) => {
    setOpened(false);
    if (wanted)
      void navigate({ to: '/o/$plural/$id', params: { plural: wanted.object.plural, id: record.id } });
  };
  return (
    <CreateContext value={create}>
      {children}
      {wanted && (
        <Suspense>
          <RecordCreate
            key={wanted.object.key}
            object={wanted.object}
            initial={wanted.initial}
            opened={opened}
            onClose={() => setOpened(false)}
            onCreated={created}
          />
        </Suspense>
      )}
    </CreateContext>
  );
}
