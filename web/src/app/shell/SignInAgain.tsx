import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { keys, onSignInRequired, type Session, useSession, useSignIn } from '@/api';
import { Button, errorText, Modal, PasswordInput, Stack, Text, TextInput, useTexts } from '@/ui';

/**
 * Asks for the password over the page when the session has ended: what was typed stays, and the requests that waited are sent
 * again. Someone else signing in gets a fresh page.
 */
export function SignInAgain() {
  const { t } = useTexts();
  const session = useSession().data;
  const cache = useQueryClient();
  const signIn = useSignIn();
  const waiting = useRef<((again: boolean) => void)[]>([]);
  const [opened, setOpened] = useState(false);
  const [password, setPassword] = useState('');
  const [email, setEmail] = useState('');

  useEffect(() => {
    onSignInRequired(() => {
      setOpened(true);
      return new Promise((answer) => waiting.current.push(answer));
    });
    return () => onSignInRequired(undefined);
  }, []);

  const finish = (again: boolean) => {
    for (const answer of waiting.current.splice(0)) answer(again);
    setOpened(false);
    setPassword('');
    signIn.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const before = session?.user.id;
    signIn.mutate(
      { email: email || session?.user.email || '', password },
      {
        onSuccess: (now: Session) => {
          if (before && now.user.id !== before) window.location.reload();
          else finish(true);
        },
      },
    );
  };
  const leave = () => {
    finish(false);
    const to = window.location.pathname + window.location.search;
    cache.removeQueries({ queryKey: keys.session });
    window.location.assign(`/login?to=${encodeURIComponent(to)}`);
  };

  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={t('app.signInAgain')}
      closeOnClickOutside={false}
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
            value={email || session?.user.email || ''}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('app.password')}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={signIn.error ? errorText(signIn.error) : undefined}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('app.signIn')}
          </Button>
          <Button variant="subtle" color="gray" onClick={leave}>
            {t('app.toSignIn')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
