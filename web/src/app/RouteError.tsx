import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ErrorState } from '@/ui';

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
