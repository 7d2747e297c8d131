import { Loading } from '@/ui';

export function RoutePending() {
  return <Loading rows={8} />;
}
