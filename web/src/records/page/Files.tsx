import {
  IconArrowBackUp,
  IconChevronRight,
  IconDownload,
  IconEye,
  IconFile,
  IconPhoto,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import {
  fileUrl,
  type ObjectMeta,
  type RecordData,
  useDeleteFile,
  useFiles,
  useRemovedFiles,
  useRestoreFile,
  useUploadFiles,
} from '@/api';
import {
  ActionIcon,
  Button,
  EmptyState,
  ErrorState,
  FileButton,
  formatBytes,
  Group,
  Loading,
  notifyError,
  notifyUndo,
  Text,
  UnstyledButton,
  useFormat,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { canShow, FilePreview } from './FilePreview';
import { PhotoButton } from './PhotoButton';
import classes from './page.module.css';

/** Documents of a record: dropped or chosen, looked at, taken back. */
export function Files({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTexts();
  const format = useFormat();
  const files = useFiles(object, record.id);
  const upload = useUploadFiles(object, record.id);
  const remove = useDeleteFile(object, record.id);
  const [over, setOver] = useState(false);
  const [shown, setShown] = useState<string>();
  const phone = useMediaQuery('(max-width: 61.99em)', false, { getInitialValueInEffect: false });
  const writable = object.permissions.update && !record.deleted_at;
  const send = (picked: File[]) => {
    if (picked.length > 0) upload.mutate(picked, { onError: notifyError });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (writable) send([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {writable && (
        <Group gap="sm" mb="sm">
          <FileButton multiple onChange={send}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                leftSection={<IconUpload size={15} />}
                loading={upload.isPending}
              >
                {t('records.files.add')}
              </Button>
            )}
          </FileButton>
          {phone && <PhotoButton object={object} record={record} />}
          <Text c="dimmed" className={classes.dropHint}>
            {t('records.files.drop')}
          </Text>
        </Group>
      )}
      {files.isPending && <Loading rows={3} />}
      {files.error && <ErrorState compact error={files.error} onRetry={() => void files.refetch()} />}
      {files.data?.length === 0 && <EmptyState compact title={t('records.files.none')} />}
      <ul className={classes.files}>
        {files.data?.map((file) => (
          <li key={file.id} className={classes.file}>
            {file.type.startsWith('image/') ? (
              <IconPhoto size={18} aria-hidden="true" />
            ) : (
              <IconFile size={18} aria-hidden="true" />
            )}
            {canShow(file) ? (
              <UnstyledButton className={classes.fileName} onClick={() => setShown(file.id)}>
                {file.name}
              </UnstyledButton>
            ) : (
              <a className={classes.fileName} href={fileUrl(file.id)} download={file.name}>
                {file.name}
              </a>
            )}
            <span className={classes.entryMeta}>
              {formatBytes(file.size)} {file.by?.title} {format.relative(file.at)}
            </span>
            <span className={classes.fileActions}>
              {canShow(file) && (
                <ActionIcon
                  aria-label={t('records.files.show', { name: file.name })}
                  onClick={() => setShown(file.id)}
                >
                  <IconEye size={16} />
                </ActionIcon>
              )}
              <ActionIcon
                component="a"
                href={fileUrl(file.id)}
                download={file.name}
                aria-label={t('records.files.download', { name: file.name })}
              >
                <IconDownload size={16} />
              </ActionIcon>
              {writable && (
                <ActionIcon
                  aria-label={t('records.files.delete', { name: file.name })}
                  onClick={() =>
                    remove.mutate(file.id, {
                      onSuccess: ({ change }) =>
                        notifyUndo(t('records.files.deleted', { name: file.name }), change),
                      onError: notifyError,
                    })
                  }
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </span>
          </li>
        ))}
      </ul>
      {writable && <RemovedFiles object={object} record={record} />}
      <FilePreview files={files.data?.filter(canShow) ?? []} shown={shown} onShow={setShown} />
    </div>
  );
}

/** What was removed, out of the way until somebody looks for it. */
function RemovedFiles({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTexts();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const removed = useRemovedFiles(object, record.id, open);
  const restore = useRestoreFile(object, record.id);
  return (
    <section className={classes.removed} aria-label={t('records.files.removed')}>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-expanded={open}
        leftSection={<IconChevronRight size={14} className={open ? classes.turned : undefined} />}
        onClick={() => setOpen((now) => !now)}
      >
        {t('records.files.removed')}
      </Button>
      {open && removed.isPending && <Loading rows={2} />}
      {open && removed.error && (
        <ErrorState compact error={removed.error} onRetry={() => void removed.refetch()} />
      )}
      {open && removed.data?.length === 0 && (
        <Text c="dimmed" px="xs">
          {t('records.files.noneRemoved')}
        </Text>
      )}
      {open && (
        <ul className={classes.files}>
          {removed.data?.map((file) => (
            <li key={file.id} className={classes.file}>
              <IconFile size={18} aria-hidden="true" />
              <span className={classes.fileName}>{file.name}</span>
              <span className={classes.entryMeta}>
                {formatBytes(file.size)}{' '}
                {t('records.files.removedAt', { at: format.relative(file.deleted_at) })}
              </span>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconArrowBackUp size={13} />}
                aria-label={t('records.files.restoreNamed', { name: file.name })}
                loading={restore.isPending && restore.variables === file.id}
                onClick={() =>
                  restore.mutate(file.id, {
                    onSuccess: ({ change }) =>
                      notifyUndo(t('records.files.restored', { name: file.name }), change),
                    onError: notifyError,
                  })
                }
              >
                {t('records.deleted.restore')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
