import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionIcon, copyText, notifyError, TextInput, Tooltip, useTexts } from '@/ui';

/** A text to take along: a link, a token. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = () => void copyText(value).then(() => setCopied(true), notifyError);
  return (
    <TextInput
      label={label}
      readOnly
      value={value}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <Tooltip label={copied ? t('app.copied') : t('app.copy')} openDelay={0}>
          <ActionIcon onClick={copy} aria-label={copied ? t('app.copied') : t('app.copy')}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      }
    />
  );
}
