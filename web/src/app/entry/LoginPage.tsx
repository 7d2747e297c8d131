import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { isApiError, useSession, useSignIn } from '@/api';
import { waitingCount } from '@/api/queue';
import { Alert, Button, errorText, PasswordInput, Stack, TextInput, useTexts } from '@/ui';
import { EntryLayout } from './EntryLayout';
import { safeReturn } from './safeReturn';

export function LoginPage() {
  const { t } = useTexts();
  const { to } = useSearch({ from: '/login' });
  const router = useRouter();
  const session = useSession();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const waitsForOwner = isApiError(session.error) && session.error.extra.setup === true;

  const [unsent, setUnsent] = useState(0);
  useEffect(() => void waitingCount().then(setUnsent), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { email: email.trim(), password },
      { onSuccess: () => router.history.push(safeReturn(to)) },
    );
  };

  return (
    <EntryLayout title={t('app.signIn')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {waitsForOwner && (
            <Alert title={t('app.setupNeeded')} variant="light">
              {t('app.setupNeededHelp')}
            </Alert>
          )}
          {unsent > 0 && (
            <Alert variant="light" color="yellow">
              {t('app.offline.unsent', { count: unsent })}
            </Alert>
          )}
          {signIn.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(signIn.error)}
            </Alert>
          )}
          <TextInput
            label={t('app.email')}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('app.password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <Button type="submit" fullWidth mt={4} loading={signIn.isPending}>
            {t('app.signIn')}
          </Button>
        </Stack>
      </form>
    </EntryLayout>
  );
}
