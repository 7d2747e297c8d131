import { useParams } from '@tanstack/react-router';
import { useMetadata, useObjectByPlural } from '@/api';
import { ComparePage } from '@/records/compare/ComparePage';
import { ErrorState, Loading } from '@/ui';
import { NotFound } from './NotFound';

export function CompareRoute() {
  const { plural, id } = useParams({ from: '/signed-in/o/$plural/compare/$id' });
  const metadata = useMetadata();
  const object = useObjectByPlural(plural);
  if (metadata.isPending) return <Loading rows={12} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;
  if (!object) return <NotFound />;
  return <ComparePage key={id} object={object} id={id} />;
}
