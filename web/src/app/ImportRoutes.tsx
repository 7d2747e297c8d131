import { useParams } from '@tanstack/react-router';
import { ImportPage } from '@/records/ImportPage';

export function ImportStartRoute() {
  return <ImportPage />;
}

export function ImportRunRoute() {
  const { id } = useParams({ from: '/signed-in/import/$id' });
  return <ImportPage key={id} id={id} />;
}
