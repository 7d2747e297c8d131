import { IconPaperclip } from '@tabler/icons-react';
import { fileUrl, useObject, useUploadFiles } from '@/api';
import { Button, FileButton, formatBytes, Group, notifyError, Text, useTexts } from '@/ui';
import type { CellProps, FilterProps, InputProps, KindUi } from '../kind';
import classes from '../shared/fields.module.css';
import { MaskedValue } from '../shared/MaskedValue';
import { isFileValue } from '../shared/references';

function FileCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  if (!isFileValue(value)) return null;
  if (place === 'row') return <span className={classes.line}>{value.name}</span>;
  const picture = value.type.startsWith('image/');
  return (
    <span className={classes.stack}>
      {picture && (
        <a href={fileUrl(value.id, true)} target="_blank" rel="noreferrer">
          <img
            src={fileUrl(value.id, true)}
            alt={value.name}
            style={{ maxWidth: '100%', maxHeight: 160 }}
            loading="lazy"
          />
        </a>
      )}
      <a className={classes.link} href={fileUrl(value.id)} download={value.name}>
        {value.name} ({formatBytes(value.size)})
      </a>
    </span>
  );
}

function FileInput(props: InputProps) {
  const { t } = useTexts();
  const object = useObject(props.object.key) ?? props.object;
  const upload = useUploadFiles(object, props.recordId ?? '');
  const file = isFileValue(props.value) ? props.value : undefined;
  return (
    <div>
      {!props.hideLabel && (
        <Text component="label" htmlFor={props.id} fw={600}>
          {props.label}
        </Text>
      )}
      <Group gap="xs">
        <FileButton
          onChange={(picked) => {
            if (!picked) return;
            upload.mutate([picked], {
              onSuccess: ({ items }) => props.onChange(items[0] ?? null),
              onError: notifyError,
            });
          }}
        >
          {(button) => (
            <Button
              {...button}
              id={props.id}
              variant="default"
              leftSection={<IconPaperclip size={16} />}
              loading={upload.isPending}
              disabled={props.recordId === undefined}
              autoFocus={props.autoFocus}
            >
              {file?.name ?? t('fields.chooseFile')}
            </Button>
          )}
        </FileButton>
        {file && (
          <Button variant="subtle" color="gray" onClick={() => props.onChange(null)}>
            {t('fields.clear')}
          </Button>
        )}
      </Group>
      {props.recordId === undefined && <Text c="dimmed">{t('fields.fileLater')}</Text>}
      {props.error && <Text c="red">{props.error}</Text>}
    </div>
  );
}

// A file is there or not: the operators "filled" and "empty" take no value.
function NoFilter(_props: FilterProps) {
  return null;
}

export const file: KindUi = {
  width: 180,
  align: 'left',
  instant: true,
  text: (value) => (isFileValue(value) ? value.name : ''),
  parse: (typed) => typed,
  Cell: FileCell,
  Input: FileInput,
  Filter: NoFilter,
};
