import { useState } from 'react';
import { type RoleDefinition, useMetadata, useRoles } from '@/api';
import { ErrorState, Loading, PageHeader, Panel, SegmentedControl, Text, useTexts } from '@/ui';
import { ManagersOnly } from './ManagersOnly';
import { RoleMatrix } from './RoleMatrix';
import classes from './SettingsLayout.module.css';

function Roles({ roles }: { roles: RoleDefinition[] }) {
  const { t, label } = useTexts();
  const [chosen, setChosen] = useState(
    roles.find((role) => role.key === 'member')?.key ?? roles[0]?.key ?? '',
  );
  const role = roles.find((candidate) => candidate.key === chosen);
  return (
    <>
      <div className={classes.scroll}>
        <SegmentedControl
          aria-label={t('app.roleLabel')}
          value={chosen}
          onChange={setChosen}
          data={roles.map((candidate) => ({ value: candidate.key, label: label(candidate.label) }))}
        />
      </div>
      <Text c="dimmed" my="sm">
        {t(`app.roleHelp.${chosen}`, '')}
      </Text>
      {role && <RoleMatrix key={role.key} role={role} />}
    </>
  );
}

function RolesPanel() {
  const roles = useRoles();
  const metadata = useMetadata();
  if (roles.isPending || metadata.isPending) return <Loading rows={8} />;
  const error = roles.error ?? metadata.error;
  if (error) return <ErrorState error={error} onRetry={() => void roles.refetch()} />;
  return <Roles roles={roles.data ?? []} />;
}

export function RolesPage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.roles')} />
      <Panel>
        <RolesPanel />
      </Panel>
    </ManagersOnly>
  );
}
