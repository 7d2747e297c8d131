import { IconSearch } from '@tabler/icons-react';
import { Fragment, useMemo, useState } from 'react';
import type { FieldRight, ObjectMeta, RoleDefinition } from '@/api';
import { Badge, Checkbox, Group, NativeSelect, Text, TextInput, useTexts } from '@/ui';
import {
  fieldRightOf,
  firstRight,
  limitOf,
  type RightGroup,
  type RoleDraft,
  rightGroups,
  setField,
} from './rights';
import classes from './roles.module.css';

interface FieldRightsProps {
  role: RoleDefinition;
  draft: RoleDraft;
  onDraft: (change: (now: RoleDraft) => RoleDraft) => void;
  fixed: boolean;
  object: ObjectMeta;
  objects: readonly ObjectMeta[];
}

const rights: readonly FieldRight[] = ['write', 'read', 'masked', 'none'];

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Field by field: read and written, read only, shown as ＊＊＊, or not there at all. */
export function FieldRights({ role, draft, onDraft, fixed, object, objects }: FieldRightsProps) {
  const { t, label } = useTexts();
  const [typed, setTyped] = useState('');
  const [onlySpecial, setOnlySpecial] = useState(false);
  const groups = useMemo(() => rightGroups(object), [object]);
  const q = folded(typed.trim());
  const shown = groups.filter((group) => {
    if (onlySpecial && fieldRightOf(role, draft, object.key, group).right === firstRight(role.key, group))
      return false;
    if (q === '') return true;
    const names = [group.label, ...group.fields.map((field) => field.label)];
    return names.some((name) => folded(`${name.ja} ${name.en}`).includes(q));
  });
  const sections = [
    ...object.sections.map((section) => ({ key: section.key, name: label(section.label) })),
    { key: '', name: t('app.otherSection') },
  ];
  const sectionOf = (group: RightGroup) =>
    object.sections.some((section) => section.key === group.section) ? group.section : '';
  return (
    <div className={classes.fields}>
      <Group gap="sm" mb={6}>
        <TextInput
          size="xs"
          w={220}
          leftSection={<IconSearch size={14} />}
          aria-label={t('app.roles.searchFields', { name: label(object.label) })}
          placeholder={t('app.roles.searchFields', { name: label(object.label) })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={t('app.roles.onlySpecial')}
          checked={onlySpecial}
          onChange={(event) => setOnlySpecial(event.currentTarget.checked)}
        />
      </Group>
      {shown.length === 0 && <Text c="dimmed">{t('app.roles.noField')}</Text>}
      <ul className={classes.fieldList}>
        {sections.map((section) => {
          const inside = shown.filter((group) => sectionOf(group) === section.key);
          if (inside.length === 0) return null;
          return (
            <Fragment key={section.key}>
              <li className={classes.fieldSection}>{section.name}</li>
              {inside.map((group) => {
                const { right } = fieldRightOf(role, draft, object.key, group);
                const first = firstRight(role.key, group);
                const limit = limitOf(role, draft, objects, object, group);
                const readOnly = group.fields.every((field) => field.read_only);
                return (
                  <li
                    key={group.key}
                    className={classes.fieldRow}
                    data-special={right !== first || undefined}
                  >
                    <span>
                      {label(group.label)}
                      {group.sensitive && (
                        <Badge ml={6} color="shu">
                          {t('app.roles.sensitive')}
                        </Badge>
                      )}
                      {right !== first && (
                        <span className={classes.first}>
                          {t('app.roles.first', { right: t(`app.roles.fieldRight.${first}`) })}
                        </span>
                      )}
                      {limit && (
                        <span className={classes.first}>
                          {t('app.roles.limitedBy', {
                            name: label(limit.source.label),
                            right: t(`app.roles.fieldRight.${limit.right}`),
                          })}
                        </span>
                      )}
                    </span>
                    <NativeSelect
                      size="xs"
                      aria-label={t('app.roles.rightOf', { name: label(group.label) })}
                      disabled={fixed}
                      value={right}
                      data={rights
                        .filter((each) => each !== 'write' || !readOnly)
                        .map((each) => ({
                          value: each,
                          label: t(`app.roles.fieldRight.${each}`),
                        }))}
                      onChange={(event) => {
                        const to = event.currentTarget.value as FieldRight;
                        onDraft((now) => setField(role, now, object.key, group, to === first ? null : to));
                      }}
                    />
                  </li>
                );
              })}
            </Fragment>
          );
        })}
      </ul>
    </div>
  );
}
