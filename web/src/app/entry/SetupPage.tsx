import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { isApiError, useSetup } from '@/api';
import { Alert, Button, errorText, PasswordInput, Stack, TextInput, useTexts } from '@/ui';
import { EntryLayout } from './EntryLayout';
import { useLinkToken } from './useLinkToken';

const empty = { company_name: '', name: '', email: '', password: '' };

/** The first start: makes the company and its owner with the link that the server printed. */
export function SetupPage() {
  const { t } = useTexts();
  const token = useLinkToken();
  const router = useRouter();
  const setup = useSetup();
  const [input, setInput] = useState(empty);
  const problems = isApiError(setup.error) ? setup.error.byField : {};
  const field = (key: keyof typeof empty) => ({
    label: t(`app.setup.${key}`),
    name: key,
    required: true,
    withAsterisk: false,
    value: input[key],
    error: problems[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setInput((now) => ({ ...now, [key]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate(
      { token, ...input, email: input.email.trim() },
      { onSuccess: () => router.history.push('/') },
    );
  };

  if (!token)
    return (
      <EntryLayout title={t('app.setup.title')} help={t('app.setup.noToken')}>
        {null}
      </EntryLayout>
    );
  return (
    <EntryLayout title={t('app.setup.title')} help={t('app.setup.help')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {setup.error && Object.keys(problems).length === 0 && (
            <Alert color="red" variant="light" role="alert">
              {errorText(setup.error)}
            </Alert>
          )}
          <TextInput
            {...field('company_name')}
            placeholder={t('app.setup.companyExample')}
            autoComplete="organization"
            autoFocus
          />
          <TextInput {...field('name')} placeholder={t('app.setup.nameExample')} autoComplete="name" />
          <TextInput {...field('email')} type="email" autoComplete="username" />
          <PasswordInput
            {...field('password')}
            description={t('app.passwordHelp')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <Button type="submit" fullWidth mt={4} loading={setup.isPending}>
            {t('app.setup.start')}
          </Button>
        </Stack>
      </form>
    </EntryLayout>
  );
}
