import { IconDots } from '@tabler/icons-react';
import { Fragment } from 'react';
import { type FieldMeta, type ObjectMeta, useSaveField } from '@/api';
import {
  ActionIcon,
  Badge,
  Menu,
  notifyError,
  notifyUndo,
  Table,
  Text,
  useTexts,
  VisuallyHidden,
} from '@/ui';
import { shownKind } from './ownKinds';
import classes from './SettingsLayout.module.css';

/** All fields of an object, hidden ones too, in the sections of its form. */
export function FieldTable({
  object,
  fields,
  onEdit,
}: {
  object: ObjectMeta;
  fields: FieldMeta[];
  onEdit: (field: FieldMeta) => void;
}) {
  const { t, label } = useTexts();
  const save = useSaveField(object.key);
  const shown = fields.filter((field) => !field.system);
  const sections = [
    ...object.sections.map((section) => ({ key: section.key, name: label(section.label) })),
    { key: undefined, name: t('app.otherSection') },
  ]
    .map((section) => ({
      ...section,
      fields: shown.filter((field) =>
        section.key === undefined
          ? !object.sections.some((known) => known.key === field.section)
          : field.section === section.key,
      ),
    }))
    .filter((section) => section.fields.length > 0);
  const change = (field: FieldMeta, input: { hidden?: boolean; in_list?: boolean }) =>
    save.mutate(
      { key: field.key, ...input },
      {
        onSuccess: (saved) => notifyUndo(t('ui.saved'), saved.change),
        onError: notifyError,
      },
    );

  return (
    <div className={classes.scroll}>
      <Table className={classes.stacked} verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('app.fieldName')}</Table.Th>
            <Table.Th>{t('app.fieldKind')}</Table.Th>
            <Table.Th>{t('app.fieldState')}</Table.Th>
            <Table.Th w={44}>
              <VisuallyHidden>{t('app.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sections.map((section) => (
            <Fragment key={section.key ?? ''}>
              <Table.Tr bg="var(--daifuku-page)">
                <Table.Th colSpan={4} scope="rowgroup">
                  <Text size="xs" fw={600} c="dimmed">
                    {section.name}
                  </Text>
                </Table.Th>
              </Table.Tr>
              {section.fields.map((field) => (
                <Table.Tr key={field.key}>
                  <Table.Td>
                    <Text c={field.hidden ? 'dimmed' : undefined}>{label(field.label)}</Text>
                    {field.help && (
                      <Text size="xs" c="dimmed">
                        {label(field.help)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Text component="span" size="sm" c="dimmed">
                      {t(`app.kind.${shownKind(field)}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {field.custom && <Badge mr={4}>{t('app.ownField')}</Badge>}
                    {field.required && (
                      <Badge mr={4} color="shu">
                        {t('app.requiredField')}
                      </Badge>
                    )}
                    {field.in_list && (
                      <Badge mr={4} color="gray">
                        {t('app.inList')}
                      </Badge>
                    )}
                    {field.hidden && (
                      <Badge color="gray" variant="outline">
                        {t('app.hiddenField')}
                      </Badge>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Menu>
                      <Menu.Target>
                        <ActionIcon aria-label={t('app.actionsOf', { name: label(field.label) })}>
                          <IconDots size={17} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => onEdit(field)}>{t('ui.edit')}</Menu.Item>
                        <Menu.Item onClick={() => change(field, { in_list: !field.in_list })}>
                          {field.in_list ? t('app.leaveList') : t('app.putInList')}
                        </Menu.Item>
                        {field.key !== object.title && (
                          <Menu.Item onClick={() => change(field, { hidden: !field.hidden })}>
                            {field.hidden ? t('app.showField') : t('app.hideField')}
                          </Menu.Item>
                        )}
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
