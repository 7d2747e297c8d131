import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { isApiError, useSession, useSetup } from '@/api';
import { Alert, Button, Code, errorText, PasswordInput, Stack, Text, TextInput, useTexts } from '@/ui';
import { EntryLayout } from './EntryLayout';
import { LinkGate } from './LinkGate';
import { RefusedLink } from './RefusedLink';
import { useLinkToken } from './useLinkToken';

const empty = { company_name: '', name: '', email: '', password: '' };

/** The first start: makes the company and its owner with the link that the server printed. */
export function SetupPage() {
  const { t } = useTexts();
  const token = useLinkToken();
  return (
    <LinkGate kind="setup" token={token} title={t('app.setup.title')} refused={<NoSetup />}>
      <SetupForm token={token} />
    </LinkGate>
  );
}

/** The server tells those who are not signed in whether it still waits for its first owner. */
function NoSetup() {
  const { t } = useTexts();
  const session = useSession();
  const waits = isApiError(session.error) && session.error.extra.setup === true;
  if (session.isPending) return null;
  if (!waits)
    return (
      <RefusedLink title={t('app.setup.done')} action={t('app.signIn')}>
        <Text>{t('app.setup.doneHelp')}</Text>
      </RefusedLink>
    );
  return (
    <RefusedLink title={t('app.linkRefused')} action={t('app.toSignIn')}>
      <Text>{t('app.setup.refusedWhy')}</Text>
      <Text>{t('app.setup.refusedHelp')}</Text>
      <Code block>{`daifuku serve --data ${t('app.setup.folder')}`}</Code>
      <Text>{t('app.setup.refusedWhere')}</Text>
    </RefusedLink>
  );
}

function SetupForm({ token }: { token: string }) {
  const { t } = useTexts();
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
