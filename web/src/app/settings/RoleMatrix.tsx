import { useState } from 'react';
import { type RoleDefinition, type RoleRights, type Scope, useObjects, useSaveRole, useSession } from '@/api';
import { Button, Checkbox, Group, NativeSelect, notifyDone, notifyError, Table, Text, useTexts } from '@/ui';
import classes from './SettingsLayout.module.css';

const scopes: Scope[] = ['all', 'team', 'own', 'none'];
const scoped = ['read', 'update', 'delete'] as const;
const flags = ['create', 'export'] as const;
const columns = ['read', 'create', 'update', 'delete', 'export'] as const;

/** What a role may do with each kind of record. The first row holds for everything that has no row values of its own. */
export function RoleMatrix({ role }: { role: RoleDefinition }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const save = useSaveRole();
  const me = useSession().data?.user.role;
  const [changed, setChanged] = useState<Record<string, RoleRights>>({});
  // Only an owner changes rights, and an owner's own stay, or a company could lock itself out.
  const fixed = role.key === 'owner' || me !== 'owner';

  const rightsOf = (key: string): RoleRights => ({
    ...role.objects['*'],
    ...changed['*'],
    ...role.objects[key],
    ...changed[key],
  });
  const set = (key: string, right: keyof RoleRights, to: Scope | boolean) =>
    setChanged((now) => ({ ...now, [key]: { ...role.objects[key], ...now[key], [right]: to } }));
  const submit = () =>
    save.mutate(
      { key: role.key, objects: changed },
      {
        onSuccess: () => {
          setChanged({});
          notifyDone(t('ui.saved'));
        },
        onError: notifyError,
      },
    );

  const rows = [
    { key: '*', name: t('app.everythingElse') },
    ...objects.map((object) => ({ key: object.key, name: label(object.plural_label) })),
  ];
  return (
    <>
      <div className={classes.scroll}>
        <Table miw={680} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('app.recordsOf')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>{t(`app.right.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const rights = rightsOf(row.key);
              const name = (right: string) => `${row.name}: ${t(`app.right.${right}`)}`;
              return (
                <Table.Tr key={row.key} bg={changed[row.key] ? 'var(--daifuku-selected)' : undefined}>
                  <Table.Th scope="row">
                    <Text fw={row.key === '*' ? 700 : 500}>{row.name}</Text>
                  </Table.Th>
                  {columns.map((column) => (
                    <Table.Td key={column}>
                      {isFlag(column) ? (
                        <Checkbox
                          aria-label={name(column)}
                          disabled={fixed}
                          checked={rights[column] ?? false}
                          onChange={(event) => set(row.key, column, event.currentTarget.checked)}
                        />
                      ) : (
                        <NativeSelect
                          size="xs"
                          w={112}
                          aria-label={name(column)}
                          disabled={fixed}
                          value={rights[column] ?? 'none'}
                          data={scopes.map((scope) => ({ value: scope, label: t(`app.scopeOf.${scope}`) }))}
                          onChange={(event) => set(row.key, column, event.currentTarget.value as Scope)}
                        />
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {fixed ? (
        <Text c="dimmed" mt="sm">
          {role.key === 'owner' ? t('app.roleFixed') : t('app.roleOwnerOnly')}
        </Text>
      ) : (
        <Group justify="flex-end" gap="xs" mt="md">
          <Button
            variant="default"
            disabled={Object.keys(changed).length === 0}
            onClick={() => setChanged({})}
          >
            {t('ui.cancel')}
          </Button>
          <Button loading={save.isPending} disabled={Object.keys(changed).length === 0} onClick={submit}>
            {t('ui.save')}
          </Button>
        </Group>
      )}
    </>
  );
}

function isFlag(column: (typeof columns)[number]): column is (typeof flags)[number] {
  return !(scoped as readonly string[]).includes(column);
}
