import { type FormEvent, useState } from 'react';
import { isApiError, type Language, useSession, useUpdateMe } from '@/api';
import {
  Button,
  Group,
  notifyDone,
  notifyError,
  Panel,
  Select,
  Stack,
  TextInput,
  useTexts,
  useUnsaved,
} from '@/ui';
import { setLanguage } from '../i18n';

export function ProfilePanel() {
  const { t, language } = useTexts();
  const user = useSession().data?.user;
  const update = useUpdateMe();
  const [name, setName] = useState<string>();
  useUnsaved(name !== undefined && name !== user?.title);
  if (!user) return null;
  const shown = name ?? user.title;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(
      { name: shown.trim() },
      {
        onSuccess: () => {
          setName(undefined);
          notifyDone(t('ui.saved'));
        },
        onError: (error) => {
          if (!isApiError(error) || !error.byField.name) notifyError(error);
        },
      },
    );
  };
  const choose = async (chosen: Language) => {
    await setLanguage(chosen);
    update.mutate({ language: chosen }, { onError: notifyError });
  };
  return (
    <Panel title={t('app.profile')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('app.name')}
            autoComplete="name"
            value={shown}
            error={isApiError(update.error) ? update.error.byField.name : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput label={t('app.email')} value={user.email} readOnly description={t('app.emailFixed')} />
          <Select
            label={t('app.language')}
            allowDeselect={false}
            value={language}
            data={[
              { value: 'ja', label: '日本語' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(chosen) => chosen && void choose(chosen as Language)}
          />
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={update.isPending}
              disabled={shown.trim() === '' || shown === user.title}
            >
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
