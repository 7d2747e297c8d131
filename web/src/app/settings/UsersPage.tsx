import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type User, useSaveUser, useSession, useTeams, useUsers } from '@/api';
import {
  ActionIcon,
  Badge,
  Button,
  ErrorState,
  joinList,
  Loading,
  Menu,
  notifyDone,
  notifyError,
  PageHeader,
  Panel,
  Table,
  Text,
  useConfirm,
  useFormat,
  useTexts,
  VisuallyHidden,
} from '@/ui';
import { LinkDialog } from './LinkDialog';
import { ManagersOnly } from './ManagersOnly';
import classes from './SettingsLayout.module.css';
import { UserDialog } from './UserDialog';

function UsersTable({ onEdit, onLink }: { onEdit: (user: User) => void; onLink: (user: User) => void }) {
  const { t, language } = useTexts();
  const format = useFormat();
  const me = useSession().data?.user.id;
  const { data, isPending, error, refetch } = useUsers();
  const teams = useTeams().data ?? [];
  const save = useSaveUser();
  const confirm = useConfirm();
  if (isPending) return <Loading rows={5} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const setDisabled = async (user: User, disabled: boolean) => {
    if (
      disabled &&
      !(await confirm({
        title: t('app.disableUser', { name: user.title }),
        message: t('app.disableUserHelp'),
        confirm: t('app.disable'),
        danger: true,
      }))
    )
      return;
    save.mutate(
      { id: user.id, disabled },
      { onSuccess: () => notifyDone(t('ui.saved')), onError: notifyError },
    );
  };

  return (
    <div className={classes.scroll}>
      <Table className={classes.stacked}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('app.name')}</Table.Th>
            <Table.Th>{t('app.roleLabel')}</Table.Th>
            <Table.Th>{t('app.team')}</Table.Th>
            <Table.Th>{t('app.lastSeen')}</Table.Th>
            <Table.Th w={44}>
              <VisuallyHidden>{t('app.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td>
                <Text fw={600} component="div" c={user.disabled ? 'dimmed' : undefined}>
                  {user.title}
                  {user.invited && !user.disabled && (
                    <Badge ml={8} size="sm">
                      {t('app.invited')}
                    </Badge>
                  )}
                  {user.disabled && (
                    <Badge ml={8} size="sm" color="gray">
                      {t('app.disabled')}
                    </Badge>
                  )}
                </Text>
                <Text size="xs" c="dimmed">
                  {user.email}
                </Text>
              </Table.Td>
              <Table.Td>{t(`app.role.${user.role}`)}</Table.Td>
              <Table.Td>
                {joinList(
                  user.team_ids.flatMap((id) => teams.find((team) => team.id === id)?.title ?? []),
                  language,
                )}
              </Table.Td>
              <Table.Td data-label={t('app.lastSeen')}>
                {user.last_seen_at ? format.relative(user.last_seen_at) : t('app.neverSeen')}
              </Table.Td>
              <Table.Td>
                <Menu>
                  <Menu.Target>
                    <ActionIcon aria-label={t('app.actionsOf', { name: user.title })}>
                      <IconDots size={17} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item onClick={() => onEdit(user)}>{t('ui.edit')}</Menu.Item>
                    {!user.disabled && <Menu.Item onClick={() => onLink(user)}>{t('app.newLink')}</Menu.Item>}
                    {user.id !== me && (
                      <Menu.Item
                        color={user.disabled ? undefined : 'red'}
                        onClick={() => void setDisabled(user, !user.disabled)}
                      >
                        {user.disabled ? t('app.enable') : t('app.disable')}
                      </Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function UsersPage() {
  const { t } = useTexts();
  const [edited, setEdited] = useState<User | 'new'>();
  const [linked, setLinked] = useState<User>();
  return (
    <ManagersOnly>
      <PageHeader
        title={t('app.settingsPage.users')}
        actions={
          <Button leftSection={<IconUserPlus size={16} stroke={1.8} />} onClick={() => setEdited('new')}>
            {t('app.inviteUser')}
          </Button>
        }
      />
      <Panel flush>
        <UsersTable onEdit={setEdited} onLink={setLinked} />
      </Panel>
      {edited && (
        <UserDialog user={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {linked && <LinkDialog user={linked} onClose={() => setLinked(undefined)} />}
    </ManagersOnly>
  );
}
