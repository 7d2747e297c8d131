import type { ReactNode } from 'react';
import { useLinkCheck } from '@/api';
import { ErrorState, Loading } from '@/ui';
import { EntryLayout } from './EntryLayout';

/** Lets in only with a one-time link that works: nobody fills in a form that is refused afterwards. */
export function LinkGate({
  kind,
  token,
  title,
  refused,
  children,
}: {
  kind: 'setup' | 'invite';
  token: string;
  title: string;
  refused: ReactNode;
  children: ReactNode;
}) {
  const check = useLinkCheck(kind, token);
  if (token === '' || check.data === false) return refused;
  if (check.error)
    return (
      <EntryLayout title={title}>
        <ErrorState compact error={check.error} onRetry={() => void check.refetch()} />
      </EntryLayout>
    );
  if (check.isPending)
    return (
      <EntryLayout title={title}>
        <Loading rows={4} />
      </EntryLayout>
    );
  return children;
}
