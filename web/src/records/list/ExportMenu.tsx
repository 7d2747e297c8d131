import { IconArrowBackUp, IconDownload, IconFileExport, IconFileSpreadsheet } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { type ListQuery, type ObjectMeta, useCompare } from '@/api';
import { Button, Menu, notifyError, useTexts } from '@/ui';

const ExportDialog = lazy(() =>
  import('../exporting/ExportDialog').then((found) => ({ default: found.ExportDialog })),
);

const kWorkbook = '.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Takes what the list shows out as a file, and takes a table that was edited in Excel back. */
export function ExportMenu({ object, query }: { object: ObjectMeta; query: ListQuery }) {
  const { t } = useTexts();
  const [opened, setOpened] = useState<'file' | 'roundTrip' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { bring, isPending } = useBringBack(object);
  const mayExport = object.permissions.export;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={isPending}
            leftSection={<IconDownload size={14} />}
          >
            {t('records.export.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayExport && (
            <Menu.Item leftSection={<IconFileExport size={15} />} onClick={() => setOpened('file')}>
              {t('records.export.file')}
            </Menu.Item>
          )}
          {mayExport && !query.deleted && (
            <Menu.Item leftSection={<IconFileSpreadsheet size={15} />} onClick={() => setOpened('roundTrip')}>
              {t('records.export.roundTrip')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowBackUp size={15} />} onClick={() => input.current?.click()}>
            {t('records.export.bring')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        accept={kWorkbook}
        aria-label={t('records.export.bring')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) bring(file);
        }}
      />
      {opened && (
        <Suspense fallback={null}>
          <ExportDialog
            object={object}
            query={query}
            roundTrip={opened === 'roundTrip'}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Compares an edited table and opens what differs. */
export function useBringBack(object: ObjectMeta) {
  const navigate = useNavigate();
  const compare = useCompare(object);
  const bring = (file: File) =>
    compare.mutate(file, {
      onSuccess: (made) =>
        void navigate({ to: '/o/$plural/compare/$id', params: { plural: object.plural, id: made.id } }),
      onError: notifyError,
    });
  return { bring, isPending: compare.isPending };
}
