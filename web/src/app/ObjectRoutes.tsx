import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMetadata, useObjectByPlural } from '@/api';
import { CustomerListPage } from '@/crm/CustomerListPage';
import { ErrorState, Loading } from '@/ui';
import { NotFound } from './NotFound';

const RecordPage = lazy(() =>
  import('@/crm/CustomerRecordPage').then((found) => ({ default: found.CustomerRecordPage })),
);

export function ListRoute() {
  const { plural } = useParams({ from: '/signed-in/o/$plural' });
  const metadata = useMetadata();
  const object = useObjectByPlural(plural);
  if (metadata.isPending) return <Loading rows={12} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;
  if (!object) return <NotFound />;
  return <CustomerListPage key={object.key} object={object} />;
}

export function RecordRoute() {
  const { plural, id } = useParams({ from: '/signed-in/o/$plural/$id' });
  const metadata = useMetadata();
  const object = useObjectByPlural(plural);
  if (metadata.isPending) return <Loading rows={12} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;
  if (!object) return <NotFound />;
  return (
    <Suspense fallback={<Loading rows={12} />}>
      <RecordPage key={`${object.key}/${id}`} object={object} id={id} />
    </Suspense>
  );
}
