import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, Stack } from '@/ui';
import { EntryLayout } from './EntryLayout';

/** In place of a form whose link does not work: why that may be, and what to do. */
export function RefusedLink({
  title,
  action,
  children,
}: {
  title: string;
  action: string;
  children: ReactNode;
}) {
  return (
    <EntryLayout title={title}>
      <Stack gap="sm" role="alert">
        {children}
      </Stack>
      <Button variant="default" fullWidth mt="lg" renderRoot={(props) => <Link to="/login" {...props} />}>
        {action}
      </Button>
    </EntryLayout>
  );
}
