import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isApiError, useImport, useObject } from '@/api';
import { EmptyState, ErrorState, Loading, Title, useTexts } from '@/ui';
import { ImportReview } from './import/ImportReview';
import { ImportRunning } from './import/ImportRunning';
import { ImportStart } from './import/ImportStart';
import classes from './import/import.module.css';

/** Brings a list from Excel or CSV in: first the file, then one page to check it on, then the run. */
export function ImportPage({ id }: { id?: string }) {
  return <div className={classes.page}>{id === undefined ? <ImportStart /> : <OneImport id={id} />}</div>;
}

function OneImport({ id }: { id: string }) {
  const { t, label } = useTexts();
  const found = useImport(id);
  const object = useObject(found.data?.object);
  if (isApiError(found.error) && found.error.status === 404)
    return <EmptyState title={t('records.import.gone')} />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || !object) return <Loading rows={12} />;
  return (
    <>
      <Link className={classes.back} to="/import" search={{}}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('records.import.back')}
      </Link>
      <Title order={1} mb="sm">
        {label(object.label)} — {found.data.name}
      </Title>
      {found.data.status === 'ready' ? (
        <ImportReview run={found.data} object={object} />
      ) : (
        <ImportRunning run={found.data} object={object} />
      )}
    </>
  );
}
