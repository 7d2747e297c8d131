import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ObjectMeta, type RoleDefinition, useFieldsOf, useMetadata, useRoles, useSession } from '@/api';
import { ErrorState, Loading, PageHeader, SegmentedControl, Select, Text, useTexts } from '@/ui';
import { ManagersOnly } from '../ManagersOnly';
import { LayoutEditor } from './LayoutEditor';
import classes from './layouts.module.css';

function Choice({ roles, objects }: { roles: RoleDefinition[]; objects: ObjectMeta[] }) {
  const { t, label } = useTexts();
  const found = useSearch({ from: '/signed-in/settings/layouts' });
  const navigate = useNavigate();
  const isOwner = useSession().data?.user.role === 'owner';
  const role =
    roles.find((each) => each.key === found.role) ?? roles.find((each) => each.key === 'member') ?? roles[0];
  const object = objects.find((each) => each.key === found.object) ?? objects[0];
  const fields = useFieldsOf(object?.key ?? '');
  // What is not saved is asked about by the editor, which another address replaces.
  const go = (to: { role?: string; object?: string }) =>
    navigate({
      to: '/settings/layouts',
      search: { role: role?.key, object: object?.key, ...to },
      replace: true,
    });
  if (!role || !object) return null;
  return (
    <div className={classes.page}>
      <div className={classes.choice}>
        <SegmentedControl
          aria-label={t('app.layouts.role')}
          value={role.key}
          onChange={(key) => void go({ role: key })}
          data={roles.map((each) => ({ value: each.key, label: label(each.label) }))}
        />
        <Select
          aria-label={t('app.layouts.object')}
          searchable
          allowDeselect={false}
          w={220}
          value={object.key}
          data={objects.map((each) => ({ value: each.key, label: label(each.label) }))}
          onChange={(key) => key && void go({ object: key })}
        />
      </div>
      {!isOwner && <Text size="sm">{t('app.layouts.ownerOnly')}</Text>}
      {fields.isPending ? (
        <Loading rows={10} />
      ) : fields.error ? (
        <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />
      ) : (
        <LayoutEditor
          key={`${role.key}.${object.key}`}
          role={role}
          object={object}
          fields={fields.data}
          readOnly={!isOwner}
        />
      )}
    </div>
  );
}

/** What the screens of a role show, in which order, and what must be filled in. */
export function LayoutsPage() {
  const { t } = useTexts();
  const roles = useRoles();
  const metadata = useMetadata();
  const failed = [roles, metadata].find((each) => each.error);
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.layouts')} />
      <Text c="dimmed" mb="sm" maw="68ch">
        {t('app.layouts.help')}
      </Text>
      {failed?.error ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : !roles.data || !metadata.data ? (
        <Loading rows={10} />
      ) : (
        <Choice
          // The owner sees all as it is.
          roles={roles.data.filter((role) => role.key !== 'owner')}
          objects={metadata.data.objects}
        />
      )}
    </ManagersOnly>
  );
}
