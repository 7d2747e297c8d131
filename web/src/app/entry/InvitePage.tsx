import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { isApiError, useAcceptInvite } from '@/api';
import { Alert, Button, errorText, PasswordInput, Stack, useTexts } from '@/ui';
import { EntryLayout } from './EntryLayout';
import { useLinkToken } from './useLinkToken';

/** Someone who was invited chooses a password. */
export function InvitePage() {
  const { t } = useTexts();
  const token = useLinkToken();
  const router = useRouter();
  const accept = useAcceptInvite();
  const [password, setPassword] = useState('');
  const problem = isApiError(accept.error) ? accept.error.byField.password : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate({ token, password }, { onSuccess: () => router.history.push('/') });
  };
  if (!token)
    return (
      <EntryLayout title={t('app.invite.title')} help={t('app.invite.noToken')}>
        {null}
      </EntryLayout>
    );
  return (
    <EntryLayout title={t('app.invite.title')} help={t('app.invite.help')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {accept.error && !problem && (
            <Alert color="red" variant="light" role="alert">
              {errorText(accept.error)}
            </Alert>
          )}
          <PasswordInput
            label={t('app.newPassword')}
            description={t('app.passwordHelp')}
            autoComplete="new-password"
            autoFocus
            required
            withAsterisk={false}
            value={password}
            error={problem}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <Button type="submit" fullWidth loading={accept.isPending}>
            {t('app.invite.accept')}
          </Button>
        </Stack>
      </form>
    </EntryLayout>
  );
}
