import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { type AttachedFile, fileUrl } from '@/api';
import { ActionIcon, Button, EmptyState, Modal, useTexts } from '@/ui';
import classes from './page.module.css';

/** Whether the browser can show it here. Pages and drawings with scripts in them never are. */
export function canShow(file: AttachedFile): boolean {
  return file.type === 'application/pdf' || /^image\/(png|jpeg|gif|webp)$/.test(file.type);
}

interface FilePreviewProps {
  /** Those that can be shown, in their order. */
  files: readonly AttachedFile[];
  /** Which of them; undefined: closed. */
  shown?: string;
  onShow: (file: string | undefined) => void;
}

/** A file in a dialog, with the one before and after it at the arrow keys. */
export function FilePreview({ files, shown, onShow }: FilePreviewProps) {
  const { t } = useTexts();
  const at = files.findIndex((each) => each.id === shown);
  const file = files[at];
  const go = (step: number) => {
    const next = files[at + step];
    if (next) onShow(next.id);
  };
  return (
    <Modal
      opened={file !== undefined}
      onClose={() => onShow(undefined)}
      title={file?.name}
      size="xl"
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') go(1);
        if (event.key === 'ArrowLeft') go(-1);
      }}
    >
      {file && (
        <>
          <Shown key={file.id} file={file} />
          <div className={classes.previewFoot}>
            {files.length > 1 && (
              <>
                <ActionIcon
                  variant="default"
                  size={32}
                  aria-label={t('records.files.before')}
                  disabled={at === 0}
                  onClick={() => go(-1)}
                >
                  <IconChevronLeft size={17} />
                </ActionIcon>
                <span>{t('records.files.place', { at: at + 1, count: files.length })}</span>
                <ActionIcon
                  variant="default"
                  size={32}
                  aria-label={t('records.files.after')}
                  disabled={at === files.length - 1}
                  onClick={() => go(1)}
                >
                  <IconChevronRight size={17} />
                </ActionIcon>
              </>
            )}
            <span className={classes.previewSpace} />
            {/* Browsers of phones show no PDF inside a page. */}
            {file.type === 'application/pdf' && (
              <Button component="a" href={fileUrl(file.id, true)} target="_blank" variant="default">
                {t('records.files.open')}
              </Button>
            )}
            <Button
              component="a"
              href={fileUrl(file.id)}
              download={file.name}
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {t('records.files.save')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}

function Shown({ file }: { file: AttachedFile }) {
  const { t } = useTexts();
  const [broken, setBroken] = useState(false);
  if (broken)
    return (
      <EmptyState compact title={t('records.files.broken')}>
        {t('records.files.brokenHelp')}
      </EmptyState>
    );
  if (file.type === 'application/pdf')
    return <iframe className={classes.pdf} src={fileUrl(file.id, true)} title={file.name} />;
  return (
    <img
      className={classes.picture}
      src={fileUrl(file.id, true)}
      alt={file.name}
      onError={() => setBroken(true)}
    />
  );
}
