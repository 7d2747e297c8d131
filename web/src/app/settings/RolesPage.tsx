import { useState } from 'react';
import { type RoleDefinition, useMetadata, useRoles } from '@/api';
import {
  ErrorState,
  Loading,
  PageHeader,
  Panel,
  SegmentedControl,
  Text,
  useAskToDiscard,
  useTexts,
  useUnsaved,
} from '@/ui';
import { ManagersOnly } from './ManagersOnly';
import { RoleEditor } from './RoleEditor';
import classes from './SettingsLayout.module.css';

function Roles({ roles }: { roles: RoleDefinition[] }) {
  const { t, label } = useTexts();
  const askToDiscard = useAskToDiscard();
  const [chosen, setChosen] = useState(
    roles.find((role) => role.key === 'member')?.key ?? roles[0]?.key ?? '',
  );
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const role = roles.find((candidate) => candidate.key === chosen);
  const choose = async (key: string) => {
    const leave = !changed || (await askToDiscard());
    if (leave) setChosen(key);
  };
  return (
    <>
      <Panel>
        <div className={classes.scroll}>
          <SegmentedControl
            aria-label={t('app.roleLabel')}
            value={chosen}
            onChange={(key) => void choose(key)}
            data={roles.map((candidate) => ({ value: candidate.key, label: label(candidate.label) }))}
          />
        </div>
        <Text c="dimmed" mt="xs">
          {t(`app.roleHelp.${chosen}`, '')}
        </Text>
      </Panel>
      {role && <RoleEditor key={role.key} role={role} onChanged={setChanged} />}
    </>
  );
}

function RolesPanel() {
  const roles = useRoles();
  const metadata = useMetadata();
  if (roles.isPending || metadata.isPending)
    return (
      <Panel>
        <Loading rows={8} />
      </Panel>
    );
  const error = roles.error ?? metadata.error;
  if (error)
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void (roles.error ? roles : metadata).refetch()} />
      </Panel>
    );
  return <Roles roles={roles.data ?? []} />;
}

export function RolesPage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.roles')} />
      <RolesPanel />
    </ManagersOnly>
  );
}
