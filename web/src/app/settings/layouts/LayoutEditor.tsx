import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { type FieldMeta, type ObjectMeta, type RoleDefinition, useSaveRole } from '@/api';
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  notifyDone,
  notifyError,
  Panel,
  Switch,
  Text,
  useTexts,
  useUnsaved,
  VisuallyHidden,
} from '@/ui';
import { type Draft, draftOf, layoutOf, moved, partsOf, toggled } from './layout';
import classes from './layouts.module.css';

interface LayoutEditorProps {
  role: RoleDefinition;
  object: ObjectMeta;
  fields: FieldMeta[];
  readOnly: boolean;
}

/** The fields of a kind as one role sees them. */
export function LayoutEditor({ role, object, fields, readOnly }: LayoutEditorProps) {
  const { t, label } = useTexts();
  const id = useId();
  const save = useSaveRole();
  const stored = draftOf(fields, role.layouts?.[object.key]);
  const [draft, setDraft] = useState<Draft>();
  const [told, setTold] = useState('');
  const now = draft ?? stored;
  const isPlain = layoutOf(fields, now) === null;
  useUnsaved(draft !== undefined);
  const send = () =>
    void save
      .mutateAsync({ key: role.key, layouts: { [object.key]: layoutOf(fields, now) } })
      .then(() => {
        setDraft(undefined);
        notifyDone(t('app.layouts.changed', { name: label(role.label) }));
      })
      .catch(notifyError);
  return (
    <Panel
      flush
      title={label(object.label)}
      actions={
        !isPlain &&
        !readOnly && (
          <Button size="compact-sm" variant="default" onClick={() => setDraft(draftOf(fields, undefined))}>
            {t('app.layouts.reset')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" px={14} pt={12}>
        {t(isPlain ? 'app.layouts.plain' : 'app.layouts.differs')}
      </Text>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      {partsOf(object, fields, now).map((part) => (
        <section key={part.key} aria-labelledby={`${id}-${part.key}`}>
          <h3 id={`${id}-${part.key}`} className={classes.part}>
            {part.label ? label(part.label) : t('app.otherSection')}
          </h3>
          <ul className={classes.rows}>
            {part.fields.map((field, at) => {
              const name = label(field.label);
              const hidden = now.hidden.has(field.key);
              const move = (by: -1 | 1) => {
                setDraft(moved(part, now, field.key, by));
                setTold(t('app.layouts.moved', { name, place: at + 1 + by }));
              };
              return (
                <li key={field.key} className={classes.row} data-hidden={hidden || undefined}>
                  <span className={classes.name}>{name}</span>
                  <Switch
                    label={t('app.layouts.shown')}
                    aria-label={t('app.layouts.showIt', { name })}
                    checked={!hidden}
                    disabled={readOnly || field.required}
                    onChange={() => setDraft(toggled(now, 'hidden', field.key))}
                  />
                  <Checkbox
                    label={t(field.required ? 'app.layouts.always' : 'app.layouts.required')}
                    aria-label={t('app.layouts.askIt', { name })}
                    className={classes.ask}
                    checked={field.required || now.required.has(field.key)}
                    disabled={readOnly || field.required || field.read_only || hidden}
                    onChange={() => setDraft(toggled(now, 'required', field.key))}
                  />
                  <Group gap={2} wrap="nowrap">
                    <ActionIcon
                      aria-label={t('app.layouts.up', { name })}
                      disabled={readOnly || at === 0}
                      onClick={() => move(-1)}
                    >
                      <IconArrowUp size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('app.layouts.down', { name })}
                      disabled={readOnly || at === part.fields.length - 1}
                      onClick={() => move(1)}
                    >
                      <IconArrowDown size={16} />
                    </ActionIcon>
                  </Group>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <Group justify="flex-end" className={classes.foot}>
        <Button disabled={draft === undefined} loading={save.isPending} onClick={send}>
          {t('ui.save')}
        </Button>
      </Group>
    </Panel>
  );
}
