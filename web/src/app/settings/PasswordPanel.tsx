import { type FormEvent, useState } from 'react';
import { isApiError, useUpdateMe } from '@/api';
import { Alert, Button, errorText, Group, notifyDone, Panel, PasswordInput, Stack, useTexts } from '@/ui';

export function PasswordPanel() {
  const { t } = useTexts();
  const update = useUpdateMe();
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const problems = isApiError(update.error) ? update.error.byField : {};
  const currentProblem = problems['password.current'] ?? problems.current;
  const newProblem = problems['password.new'] ?? problems.new ?? problems.password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(
      { password: { current, new: wanted } },
      {
        onSuccess: () => {
          setCurrent('');
          setWanted('');
          notifyDone(t('app.passwordChanged'));
        },
      },
    );
  };
  return (
    <Panel title={t('app.changePassword')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {update.error && !currentProblem && !newProblem && (
            <Alert color="red" variant="light" role="alert">
              {errorText(update.error)}
            </Alert>
          )}
          <PasswordInput
            label={t('app.currentPassword')}
            autoComplete="current-password"
            value={current}
            error={currentProblem}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <PasswordInput
            label={t('app.newPassword')}
            description={t('app.passwordHelp')}
            autoComplete="new-password"
            value={wanted}
            error={newProblem}
            onChange={(event) => setWanted(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('app.showPassword') }}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={update.isPending} disabled={current === '' || wanted === ''}>
              {t('app.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
