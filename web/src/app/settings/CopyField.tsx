import { IconCheck, IconCopy } from '@tabler/icons-react';
import { ActionIcon, CopyButton, TextInput, Tooltip, useTexts } from '@/ui';

/** A text to take along: a link, a token. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTexts();
  return (
    <TextInput
      label={label}
      readOnly
      value={value}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('app.copied') : t('app.copy')} openDelay={0}>
              <ActionIcon onClick={copy} aria-label={t('app.copy')}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  );
}
