import { type FormEvent, useState } from 'react';
import { isApiError, type Role, type User, useSaveUser, useTeams } from '@/api';
import {
  Alert,
  Button,
  errorText,
  Group,
  Modal,
  MultiSelect,
  notifyDone,
  Select,
  Stack,
  Text,
  TextInput,
  useTexts,
} from '@/ui';
import { CopyField } from './CopyField';

const roles: Role[] = ['member', 'viewer', 'manager', 'owner'];

/** Invites someone (no `user`) or changes a user's name, role and teams. */
export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTexts();
  const teams = useTeams();
  const save = useSaveUser();
  const [name, setName] = useState(user?.title ?? '');
  const [email, setEmail] = useState(user?.email ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'member');
  const [teamIds, setTeamIds] = useState(user?.team_ids ?? []);
  const problems = isApiError(save.error) ? save.error.byField : {};
  const invite = save.data?.invite;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { name: name.trim(), email: email.trim(), role, team_ids: teamIds };
    save.mutate(user ? { id: user.id, ...input } : input, {
      onSuccess: (answer) => {
        if (answer.invite) return;
        notifyDone(t('ui.saved'));
        onClose();
      },
    });
  };

  const title = user ? t('app.editUser') : t('app.inviteUser');
  if (invite) {
    return (
      <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        <Stack>
          <Text>{t('app.inviteReady', { name })}</Text>
          <CopyField label={t('app.inviteLink')} value={invite} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('ui.close')}</Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit}>
        <Stack>
          {save.error && Object.keys(problems).length === 0 && (
            <Alert color="red" variant="light" role="alert">
              {errorText(save.error)}
            </Alert>
          )}
          <TextInput
            label={t('app.name')}
            data-autofocus
            required
            withAsterisk={false}
            value={name}
            error={problems.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('app.email')}
            type="email"
            required
            withAsterisk={false}
            value={email}
            error={problems.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Select
            label={t('app.roleLabel')}
            description={t(`app.roleHelp.${role}`)}
            allowDeselect={false}
            value={role}
            data={roles.map((key) => ({ value: key, label: t(`app.role.${key}`) }))}
            error={problems.role}
            onChange={(chosen) => chosen && setRole(chosen as Role)}
          />
          <MultiSelect
            label={t('app.team')}
            value={teamIds}
            data={(teams.data ?? []).map((team) => ({ value: team.id, label: team.title }))}
            placeholder={teamIds.length === 0 ? t('ui.none') : undefined}
            onChange={setTeamIds}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {user ? t('ui.save') : t('app.makeInvite')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
