import { type FormEvent, type ReactNode, useState } from 'react';
import { isApiError, type ObjectMeta, type Rule, type RuleInput, useSaveRule } from '@/api';
import {
  Alert,
  Button,
  Drawer,
  errorText,
  Group,
  notifyUndo,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  useAskToDiscard,
  useTexts,
  useUnsaved,
} from '@/ui';
import { RuleCheckFields } from './RuleCheckFields';
import { RuleConditions } from './RuleConditions';
import { RuleFindings } from './RuleFindings';
import { RuleTry } from './RuleTry';
import { isWhole, newRule } from './ruleDraft';
import { ruleSentence } from './ruleSentence';
import classes from './rules.module.css';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.partTitle}>{title}</h3>
      {children}
    </section>
  );
}

/** A rule put together as a sentence, tried, counted and saved. */
export function RuleDrawer({
  object,
  rule,
  onClose,
}: {
  object: ObjectMeta;
  rule?: Rule;
  onClose: () => void;
}) {
  const words = useTexts();
  const { t } = words;
  const save = useSaveRule(object.key);
  const [draft, setDraft] = useState<RuleInput>(() =>
    rule
      ? {
          object: rule.object,
          active: rule.active,
          mode: rule.mode,
          when: rule.when ?? [],
          check: rule.check,
          message: rule.message,
        }
      : newRule(object.key),
  );
  const [before] = useState(JSON.stringify(draft));
  const unsaved = JSON.stringify(draft) !== before;
  useUnsaved(unsaved);
  const askToDiscard = useAskToDiscard();
  const close = async () => {
    if (!unsaved || (await askToDiscard())) onClose();
  };
  const whole = isWhole(draft);
  const problems: Record<string, string> = isApiError(save.error) ? save.error.byField : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: rule?.id, version: rule?.version, ...draft },
      {
        onSuccess: ({ change }) => {
          notifyUndo(t('ui.saved'), change);
          onClose();
        },
      },
    );
  };
  return (
    <Drawer
      opened
      onClose={() => void close()}
      title={t(rule ? 'app.rules.edit' : 'app.rules.new')}
      size={520}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="lg">
          {save.error && (
            <Alert color="red" variant="light" role="alert">
              {Object.values(problems).join(' ') || errorText(save.error)}
            </Alert>
          )}
          <p className={classes.sentence} data-empty={!whole || undefined} aria-live="polite">
            {whole ? ruleSentence(object, draft, words) : t('app.rules.notWhole')}
          </p>
          <Part title={t('app.rules.part.what')}>
            <RuleCheckFields
              object={object}
              check={draft.check}
              problems={problems}
              onChange={(check) => setDraft({ ...draft, check })}
            />
          </Part>
          <Part title={t('app.rules.part.when')}>
            <RuleConditions
              object={object}
              conditions={draft.when ?? []}
              onChange={(when) => setDraft({ ...draft, when })}
            />
          </Part>
          <Part title={t('app.rules.part.then')}>
            <Stack gap="xs">
              <SegmentedControl
                fullWidth
                aria-label={t('app.rules.part.then')}
                value={draft.mode}
                onChange={(mode) => setDraft({ ...draft, mode: mode as RuleInput['mode'] })}
                data={(['refuse', 'warn'] as const).map((mode) => ({
                  value: mode,
                  label: t(`app.rules.mode.${mode}`),
                }))}
              />
              <TextInput
                label={t('app.rules.reason')}
                description={t('app.rules.reasonHelp')}
                maxLength={200}
                value={draft.message?.ja ?? ''}
                onChange={(event) =>
                  setDraft({ ...draft, message: { ...draft.message, ja: event.currentTarget.value } })
                }
              />
              <TextInput
                label={t('app.rules.reasonEnglish')}
                maxLength={200}
                value={draft.message?.en ?? ''}
                onChange={(event) =>
                  setDraft({ ...draft, message: { ...draft.message, en: event.currentTarget.value } })
                }
              />
            </Stack>
          </Part>
          {draft.check.kind !== 'unique' && (
            <Part title={t('app.rules.part.try')}>
              <RuleTry object={object} rule={draft} disabled={!whole} />
            </Part>
          )}
          <Part title={t('app.rules.part.look')}>
            <RuleFindings key={JSON.stringify(draft)} object={object} rule={draft} disabled={!whole} />
          </Part>
          <Text size="xs" c="dimmed">
            {t('app.rules.help')}
          </Text>
          <Group justify="flex-end" gap="xs" className={classes.foot}>
            <Button variant="default" onClick={() => void close()}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!whole}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
