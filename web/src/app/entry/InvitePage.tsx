import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { isApiError, useAcceptInvite } from '@/api';
import { Alert, Button, errorText, PasswordInput, Stack, Text, useTexts } from '@/ui';
import { EntryLayout } from './EntryLayout';
import { LinkGate } from './LinkGate';
import { RefusedLink } from './RefusedLink';
import { useLinkToken } from './useLinkToken';

/** Someone who was invited, or who forgot the password, chooses one. */
export function InvitePage() {
  const { t } = useTexts();
  const token = useLinkToken();
  const refused = (
    <RefusedLink title={t('app.linkRefused')} action={t('app.toSignIn')}>
      <Text>{t('app.invite.refusedWhy')}</Text>
      <Text>{t('app.invite.refusedHelp')}</Text>
    </RefusedLink>
  );
  return (
    <LinkGate kind="invite" token={token} title={t('app.invite.title')} refused={refused}>
      <InviteForm token={token} />
    </LinkGate>
  );
}

function InviteForm({ token }: { token: string }) {
  const { t } = useTexts();
  const router = useRouter();
  const accept = useAcceptInvite();
  const [password, setPassword] = useState('');
  const problem = isApiError(accept.error) ? accept.error.byField.password : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate({ token, password }, { onSuccess: () => router.history.push('/') });
  };
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
