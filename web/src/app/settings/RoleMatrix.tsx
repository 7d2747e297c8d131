import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { ObjectMeta, RoleDefinition, Scope } from '@/api';
import { Badge, Checkbox, NativeSelect, Table, Text, UnstyledButton, useTexts, VisuallyHidden } from '@/ui';
import { FieldRights } from './FieldRights';
import {
  hasOwnRights,
  isWithin,
  type RoleDraft,
  rightsOf,
  scopes,
  setGroups,
  setObject,
  withRight,
} from './rights';
import classes from './roles.module.css';

interface RoleMatrixProps {
  role: RoleDefinition;
  draft: RoleDraft;
  onDraft: (change: (now: RoleDraft) => RoleDraft) => void;
  fixed: boolean;
  objects: readonly ObjectMeta[];
}

const columns = ['read', 'create', 'update', 'delete', 'export'] as const;
type Column = (typeof columns)[number];

function isFlag(column: Column): column is 'create' | 'export' {
  return column === 'create' || column === 'export';
}

/** What a role may do with each kind of record; a row unfolds to its fields. The first row holds for all without a row of their
 *  own. */
export function RoleMatrix({ role, draft, onDraft, fixed, objects }: RoleMatrixProps) {
  const { t, label } = useTexts();
  const [open, setOpen] = useState<string | null>(null);
  const rows: { key: string; name: string; object?: ObjectMeta }[] = [
    { key: '*', name: t('app.everythingElse') },
    ...objects.map((object) => ({ key: object.key, name: label(object.plural_label), object })),
  ];
  return (
    <Table className={classes.matrix} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('app.recordsOf')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column}>{t(`app.right.${column}`)}</Table.Th>
          ))}
          <Table.Th>{t('app.roles.fields')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, name, object }) => {
          const rights = rightsOf(role, draft, key);
          const special = object ? setGroups(role, draft, object).length : 0;
          const unfolded = open === key;
          const changed =
            key in draft.objects || Object.keys(draft.fields).some((field) => field.startsWith(`${key}.`));
          return (
            <Fragment key={key}>
              <Table.Tr
                data-changed={changed || undefined}
                data-rest={key === '*' || undefined}
                data-open={unfolded || undefined}
              >
                <Table.Th scope="row" className={classes.object}>
                  {name}
                  {key !== '*' && hasOwnRights(role, draft, key) && (
                    <Badge ml={6} color="gray">
                      {t('app.roles.ownRow')}
                    </Badge>
                  )}
                </Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column} data-label={t(`app.right.${column}`)}>
                    {isFlag(column) ? (
                      <Checkbox
                        aria-label={`${name}: ${t(`app.right.${column}`)}`}
                        disabled={fixed || rights.read === 'none'}
                        checked={rights[column]}
                        onChange={(event) => {
                          const to = event.currentTarget.checked;
                          onDraft((now) => setObject(role, now, key, withRight(rights, column, to)));
                        }}
                      />
                    ) : (
                      <NativeSelect
                        size="xs"
                        aria-label={`${name}: ${t(`app.right.${column}`)}`}
                        disabled={fixed || (column !== 'read' && rights.read === 'none')}
                        value={rights[column]}
                        data={scopes
                          .filter((scope) => column === 'read' || isWithin(scope, rights.read))
                          .map((scope) => ({ value: scope, label: t(`app.scopeOf.${scope}`) }))}
                        onChange={(event) => {
                          const to = event.currentTarget.value as Scope;
                          onDraft((now) => setObject(role, now, key, withRight(rights, column, to)));
                        }}
                      />
                    )}
                  </Table.Td>
                ))}
                <Table.Td className={classes.fieldsCell}>
                  {object && (
                    <UnstyledButton
                      className={classes.unfold}
                      aria-expanded={unfolded}
                      onClick={() => setOpen(unfolded ? null : key)}
                    >
                      <IconChevronRight size={14} className={unfolded ? classes.turned : undefined} />
                      <VisuallyHidden>{t('app.roles.fieldsOf', { name })} </VisuallyHidden>
                      <span className={classes.short}>
                        {t('app.roles.short', {
                          read: t(`app.scopeOf.${rights.read}`),
                          update: t(`app.scopeOf.${rights.update}`),
                        })}
                      </span>
                      <span>
                        {special > 0 ? t('app.roles.special', { count: special }) : t('app.roles.all')}
                      </span>
                    </UnstyledButton>
                  )}
                </Table.Td>
              </Table.Tr>
              {object && unfolded && (
                <Table.Tr className={classes.unfolded}>
                  <Table.Td colSpan={columns.length + 2}>
                    {rights.read === 'none' ? (
                      <Text c="dimmed">{t('app.roles.notRead', { name })}</Text>
                    ) : (
                      <FieldRights
                        role={role}
                        draft={draft}
                        onDraft={onDraft}
                        fixed={fixed}
                        object={object}
                        objects={objects}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
