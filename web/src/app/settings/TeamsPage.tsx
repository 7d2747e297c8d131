import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { isApiError, type Reference, useDeleteTeam, useSaveTeam, useTeams, useUsers } from '@/api';
import {
  ActionIcon,
  Button,
  EmptyState,
  ErrorState,
  Group,
  joinList,
  Loading,
  Modal,
  notifyDone,
  notifyError,
  PageHeader,
  Panel,
  Stack,
  TextInput,
  Tooltip,
  useConfirm,
  useTexts,
} from '@/ui';
import list from '../RowList.module.css';
import { ManagersOnly } from './ManagersOnly';

function TeamDialog({ team, onClose }: { team?: Reference; onClose: () => void }) {
  const { t } = useTexts();
  const save = useSaveTeam();
  const [title, setTitle] = useState(team?.title ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: team?.id, title: title.trim() },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => {
          if (!isApiError(error) || !error.byField.title) notifyError(error);
        },
      },
    );
  };
  return (
    <Modal
      opened
      size="sm"
      onClose={onClose}
      title={team ? t('app.editTeam') : t('app.newTeam')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('app.teamName')}
            placeholder={t('app.teamExample')}
            data-autofocus
            required
            withAsterisk={false}
            value={title}
            error={isApiError(save.error) ? save.error.byField.title : undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function TeamList({ onEdit }: { onEdit: (team: Reference | 'new') => void }) {
  const { t, language } = useTexts();
  const { data, isPending, error, refetch } = useTeams();
  const users = useUsers().data ?? [];
  const remove = useDeleteTeam();
  const confirm = useConfirm();
  if (isPending) return <Loading rows={3} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<IconUsersGroup size={28} stroke={1.5} />}
        title={t('app.noTeams')}
        actions={<Button onClick={() => onEdit('new')}>{t('app.newTeam')}</Button>}
      >
        {t('app.noTeamsHelp')}
      </EmptyState>
    );
  }
  const ask = async (team: Reference) => {
    const members = users.filter((user) => user.team_ids.includes(team.id)).length;
    const message = t('app.deleteTeamHelp', { count: members });
    if (
      await confirm({
        title: t('app.deleteTeam', { name: team.title }),
        message,
        confirm: t('ui.delete'),
        danger: true,
      })
    )
      remove.mutate(team.id, { onSuccess: () => notifyDone(t('app.deleted')), onError: notifyError });
  };
  return (
    <ul className={list.rows}>
      {data.map((team) => {
        const members = users.filter((user) => user.team_ids.includes(team.id) && !user.disabled);
        return (
          <li key={team.id} className={list.row} data-hover>
            <span className={list.main}>
              <span>{team.title}</span>
              <span className={list.sub}>
                {joinList(
                  members.map((user) => user.title),
                  language,
                ) || t('app.noMembers')}
              </span>
            </span>
            <Tooltip label={t('ui.edit')}>
              <ActionIcon aria-label={t('app.editOf', { name: team.title })} onClick={() => onEdit(team)}>
                <IconPencil size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('ui.delete')}>
              <ActionIcon aria-label={t('app.deleteOf', { name: team.title })} onClick={() => void ask(team)}>
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

export function TeamsPage() {
  const { t } = useTexts();
  const [edited, setEdited] = useState<Reference | 'new'>();
  return (
    <ManagersOnly>
      <PageHeader
        title={t('app.settingsPage.teams')}
        actions={
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setEdited('new')}>
            {t('app.newTeam')}
          </Button>
        }
      />
      <Panel flush>
        <TeamList onEdit={setEdited} />
      </Panel>
      {edited && (
        <TeamDialog team={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </ManagersOnly>
  );
}
