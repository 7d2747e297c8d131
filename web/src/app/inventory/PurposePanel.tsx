import { useId, useState } from 'react';
import { type CompanySettings, useSaveCompanySettings } from '@/api';
import { Button, Group, notifyDone, notifyError, Panel, Text, Textarea, useTexts, useUnsaved } from '@/ui';

const kMost = 2000;
const examples = ['noneMissed', 'anyone', 'repeat', 'time', 'succeed'] as const;

/** Why the company keeps a ledger at all; everybody sees it on the home screen. */
export function PurposePanel({ settings }: { settings: CompanySettings }) {
  const { t } = useTexts();
  const id = useId();
  const save = useSaveCompanySettings();
  const saved = String(settings.company_purpose ?? '');
  const [typed, setTyped] = useState<string>();
  const value = typed ?? saved;
  const dirty = typed !== undefined && typed !== saved;
  useUnsaved(dirty);
  const add = (words: string) => setTyped(value.trim() ? `${value.trim()}\n${words}` : words);
  const send = () =>
    void save
      .mutateAsync({ company_purpose: value.trim() })
      .then(() => {
        setTyped(undefined);
        notifyDone(t('app.inventory.purposeSaved'));
      })
      .catch(notifyError);
  return (
    <Panel title={t('app.inventory.purpose')}>
      <Textarea
        id={id}
        aria-label={t('app.inventory.purpose')}
        description={t('app.inventory.purposeHelp')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={kMost}
        value={value}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group gap={6} mt="xs">
        <Text size="sm" c="dimmed">
          {t('app.inventory.examples')}
        </Text>
        {examples
          .map((key) => t(`app.inventory.purposes.${key}`))
          .filter((words) => !value.includes(words))
          .map((words) => (
            <Button key={words} size="compact-sm" variant="default" onClick={() => add(words)}>
              {words}
            </Button>
          ))}
      </Group>
      <Group justify="flex-end" mt="sm">
        <Button disabled={!dirty} loading={save.isPending} onClick={send}>
          {t('ui.save')}
        </Button>
      </Group>
    </Panel>
  );
}
