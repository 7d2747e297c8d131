import { type User, useInviteAgain } from '@/api';
import { Alert, Button, errorText, Group, Modal, Stack, Text, useTexts } from '@/ui';
import { CopyField } from './CopyField';

/** Makes a link with which someone chooses a password anew. */
export function LinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTexts();
  const invite = useInviteAgain();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('app.newLink')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack>
        {invite.error && (
          <Alert color="red" variant="light" role="alert">
            {errorText(invite.error)}
          </Alert>
        )}
        {invite.data ? (
          <>
            <Text>{t('app.inviteReady', { name: user.title })}</Text>
            <CopyField label={t('app.inviteLink')} value={invite.data.invite} />
          </>
        ) : (
          <Text>{t('app.newLinkHelp', { name: user.title })}</Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.close')}
          </Button>
          {!invite.data && (
            <Button loading={invite.isPending} onClick={() => invite.mutate(user.id)}>
              {t('app.make')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
