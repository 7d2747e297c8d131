import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  isApiError,
  type Label,
  type ObjectSetting,
  useCreateObject,
  useObjectSettings,
  useSaveObjects,
} from '@/api';
import {
  Button,
  Checkbox,
  Group,
  Modal,
  NamedIcon,
  notifyError,
  notifyUndo,
  Radio,
  Stack,
  Switch,
  TextInput,
  useTexts,
} from '@/ui';
import classes from './OwnObjectDialog.module.css';

/** As the server offers them (own_object_icons). */
const icons = [
  'box',
  'car',
  'home',
  'building-store',
  'id',
  'tool',
  'key',
  'school',
  'paw',
  'heart',
  'device-laptop',
  'truck',
  'ticket',
  'file-text',
  'clipboard',
  'calendar',
  'map-pin',
  'category',
] as const;

/** Makes a kind of records of the company's own, or changes what one is called and how it looks. */
export function OwnObjectDialog({ object, onClose }: { object?: ObjectSetting; onClose: () => void }) {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const create = useCreateObject();
  const save = useSaveObjects();
  const customers = (useObjectSettings().data ?? []).filter((each) => each.customer && !each.hidden);
  const [name, setName] = useState(object?.label.ja ?? '');
  const [icon, setIcon] = useState(object?.icon ?? 'box');
  const [chosen, setLinks] = useState(object?.customer_links);
  // A company that has put 会社 away keeps its records with its people.
  const links = chosen ?? customers.slice(0, 1).map((each) => each.key);
  const [shown, setShown] = useState(object?.in_navigation ?? true);
  const busy = create.isPending || save.isPending;
  const error = create.error ?? save.error;
  const problems = isApiError(error) ? error.byField : {};
  const named = problems.label ?? problems.plural_label;

  const onError = (problem: Error) => {
    if (!isApiError(problem) || !(problem.byField.label ?? problem.byField.plural_label))
      notifyError(problem);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const word = name.trim();
    if (object) {
      const change = {
        key: object.key,
        label: renamed(object.label, word),
        plural_label: renamed(object.plural_label, word),
        icon,
        in_navigation: shown,
      };
      save.mutate([change], {
        onSuccess: (answer) => {
          notifyUndo(t('app.objects.saved', { name: word }), answer.change);
          onClose();
        },
        onError,
      });
      return;
    }
    create.mutate(
      { label: { ja: word, en: word }, icon, links, in_navigation: shown },
      {
        onSuccess: (answer) => {
          notifyUndo(t('app.objects.created', { name: word }), answer.change);
          onClose();
          void navigate({ to: '/settings/fields', search: { object: answer.key } });
        },
        onError,
      },
    );
  };
  return (
    <Modal
      opened
      size="md"
      onClose={onClose}
      title={t(object ? 'app.objects.editTitle' : 'app.objects.addTitle')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('app.objects.ownName')}
            description={t('app.objects.examples')}
            data-autofocus
            required
            withAsterisk={false}
            maxLength={40}
            value={name}
            error={named}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!object && customers.length > 0 && (
            <Checkbox.Group
              label={t('app.objects.links')}
              description={t('app.objects.linksHelp')}
              value={links}
              onChange={setLinks}
            >
              <Group mt={8}>
                {customers.map((each) => (
                  <Checkbox key={each.key} value={each.key} label={label(each.label)} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          <Radio.Group label={t('app.objects.icon')} value={icon} onChange={setIcon}>
            <div className={classes.icons}>
              {icons.map((each) => (
                <Radio.Card
                  key={each}
                  value={each}
                  className={classes.icon}
                  aria-label={t(`app.objects.icons.${each}`)}
                  title={t(`app.objects.icons.${each}`)}
                >
                  <NamedIcon name={each} size={20} />
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          <Switch
            label={t('app.objects.menu')}
            description={t('app.objects.menuHelp')}
            checked={shown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={name.trim() === ''}>
              {t(object ? 'ui.save' : 'app.objects.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** An English word of its own, given through the API, stays. */
function renamed(now: Label, word: string): Label {
  return { ja: word, en: now.en && now.en !== now.ja ? now.en : word };
}
