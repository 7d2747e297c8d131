import { IconCamera } from '@tabler/icons-react';
import { type ObjectMeta, type RecordData, useUploadFiles } from '@/api';
import { Button, FileButton, formatTime, notifyDone, notifyError, shrinkPhoto, today, useTexts } from '@/ui';

interface PhotoButtonProps {
  object: ObjectMeta;
  record: RecordData;
  className?: string;
}

/** A paper, a shelf or a machine photographed where one stands: made small on the device, and put among the files of the record. */
export function PhotoButton({ object, record, className }: PhotoButtonProps) {
  const { t } = useTexts();
  const upload = useUploadFiles(object, record.id);
  const send = async (photo: File | null) => {
    if (!photo) return;
    let small: File;
    try {
      const at = new Date();
      small = await shrinkPhoto(photo, `${today(at)} ${formatTime(at).replace(':', '.')}.jpg`);
    } catch {
      notifyDone(t('records.files.photoUnread'));
      return;
    }
    // Told also to who has gone on to another page meanwhile.
    await upload.mutateAsync([small]).then(() => notifyDone(t('records.files.photoDone')), notifyError);
  };
  return (
    <FileButton accept="image/*" capture="environment" onChange={(photo) => void send(photo)}>
      {(button) => (
        <Button
          {...button}
          className={className}
          variant="default"
          leftSection={<IconCamera size={17} />}
          loading={upload.isPending}
        >
          {t('records.files.photo')}
        </Button>
      )}
    </FileButton>
  );
}
