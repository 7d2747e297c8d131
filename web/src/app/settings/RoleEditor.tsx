import { useEffect, useState } from 'react';
import { type RoleDefinition, useObjects, useSaveRole, useSession } from '@/api';
import { Button, notifyDone, notifyError, Panel, Stack, Text, useTexts } from '@/ui';
import { RoleMatrix } from './RoleMatrix';
import { RoleSummary } from './RoleSummary';
import { changeCount, emptyRoleDraft, presetOf, presets, type RoleDraft, withPreset } from './rights';
import classes from './roles.module.css';

interface RoleEditorProps {
  role: RoleDefinition;
  /** Whether there is something to lose by leaving. */
  onChanged: (changed: boolean) => void;
}

/** One role: in plain words, as a usual way of working, and right by right. Nothing holds before it is saved. */
export function RoleEditor({ role, onChanged }: RoleEditorProps) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const save = useSaveRole();
  const me = useSession().data?.user.role;
  const [draft, setDraft] = useState<RoleDraft>(emptyRoleDraft);
  // Only an owner changes rights, and an owner's own stay, or a company could lock itself out.
  const fixed = role.key === 'owner' || me !== 'owner';
  const count = changeCount(draft);
  const preset = presetOf(role, draft);
  useEffect(() => {
    onChanged(count > 0);
    return () => onChanged(false);
  }, [count, onChanged]);

  const submit = () =>
    save.mutate(
      { key: role.key, objects: draft.objects, fields: draft.fields },
      {
        onSuccess: () => {
          setDraft(emptyRoleDraft);
          notifyDone(t('app.roles.saved', { name: label(role.label) }));
        },
        onError: notifyError,
      },
    );

  return (
    <Stack gap="sm" mt="sm">
      <Panel title={t('app.roles.inWords', { name: label(role.label) })}>
        <RoleSummary role={role} draft={draft} objects={objects} />
      </Panel>
      {fixed ? (
        <Text c="dimmed">{role.key === 'owner' ? t('app.roleFixed') : t('app.roleOwnerOnly')}</Text>
      ) : (
        <Panel title={t('app.roles.presets')}>
          <div className={classes.presets} role="radiogroup" aria-label={t('app.roles.presets')}>
            {presets.map((each) => (
              // biome-ignore lint/a11y/useSemanticElements: cards that are chosen as one
              <button
                key={each}
                type="button"
                role="radio"
                aria-checked={preset === each}
                className={classes.preset}
                onClick={() => setDraft((now) => withPreset(role, now, each))}
              >
                <b>{t(`app.roles.preset.${each}`)}</b>
                <span>{t(`app.roles.presetHelp.${each}`)}</span>
              </button>
            ))}
          </div>
          <Text size="xs" c="dimmed" mt="xs">
            {t(preset ? 'app.roles.presetsHelp' : 'app.roles.presetsMixed')}
          </Text>
        </Panel>
      )}
      <Panel title={t('app.roles.table')} flush>
        <RoleMatrix role={role} draft={draft} onDraft={setDraft} fixed={fixed} objects={objects} />
      </Panel>
      {count > 0 && (
        <section className={classes.saveBar} aria-label={t('app.roles.unsaved', { count })}>
          <Text fw={600} role="status">
            {t('app.roles.unsaved', { count })}
          </Text>
          <span className={classes.space} />
          <Button variant="default" onClick={() => setDraft(emptyRoleDraft)}>
            {t('ui.cancel')}
          </Button>
          <Button loading={save.isPending} onClick={submit}>
            {t('ui.save')}
          </Button>
        </section>
      )}
    </Stack>
  );
}
