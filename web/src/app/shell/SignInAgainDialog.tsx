import { type FormEvent, useState } from 'react';
import { type Session, useSession, useSignIn } from '@/api';
import { Button, errorText, Modal, PasswordInput, Stack, Text, TextInput, useTexts } from '@/ui';

export function SignInAgainDialog({ onSignedIn, onLeave }: { onSignedIn: () => void; onLeave: () => void }) {
  const { t } = useTexts();
  const user = useSession().data?.user;
  const signIn = useSignIn();
  const [email, setEmail] = useState(user?.email ?? '');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: (now: Session) => {
          // Someone else must not go on in the page of the first user.
          if (user && now.user.id !== user.id) window.location.reload();
          else onSignedIn();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onLeave}
      title={t('app.signInAgain')}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      zIndex={450}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text c="dimmed">{t('app.signInAgainHelp')}</Text>
          <TextInput
            label={t('app.email')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('app.password')}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={signIn.error ? errorText(signIn.error) : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('app.signIn')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onLeave}>
            {t('app.toSignIn')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
