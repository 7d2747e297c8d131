import { IconArrowDown, IconArrowUp, IconForms, IconPencil, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  isApiError,
  type Label,
  type ObjectChange,
  type ObjectSetting,
  useObjectSettings,
  useSaveObjects,
} from '@/api';
import {
  ActionIcon,
  Button,
  ErrorState,
  Group,
  joinList,
  Loading,
  Modal,
  NamedIcon,
  notifyError,
  notifyUndo,
  PageHeader,
  Panel,
  Stack,
  Switch,
  Text,
  TextInput,
  Tooltip,
  useTexts,
} from '@/ui';
import list from '../RowList.module.css';
import { ManagersOnly } from './ManagersOnly';
import { OwnObjectDialog } from './OwnObjectDialog';

/** What the company uses and what it calls it: 商談 may be 案件 here, and 受注 may not be seen at all. */
export function ObjectsPage() {
  const { t } = useTexts();
  const { data, isPending, error, refetch } = useObjectSettings();
  const [making, setMaking] = useState(false);
  return (
    <ManagersOnly>
      <PageHeader
        title={t('app.settingsPage.objects')}
        actions={
          data && (
            <Button leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setMaking(true)}>
              {t('app.objects.add')}
            </Button>
          )
        }
      />
      <Text c="dimmed" mb="sm" maw="68ch">
        {t('app.objects.help')}
      </Text>
      {isPending ? (
        <Loading rows={10} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Stack gap="md">
          <Panel flush title={t('app.objects.inMenu')}>
            <ObjectList all={data} objects={data.filter((each) => each.in_navigation)} ordered />
          </Panel>
          <Panel flush title={t('app.objects.onPages')}>
            <ObjectList all={data} objects={data.filter((each) => !each.in_navigation)} />
          </Panel>
        </Stack>
      )}
      {making && <OwnObjectDialog onClose={() => setMaking(false)} />}
    </ManagersOnly>
  );
}

function ObjectList({
  all,
  objects,
  ordered = false,
}: {
  all: ObjectSetting[];
  objects: ObjectSetting[];
  /** Their order is that of the menu. */
  ordered?: boolean;
}) {
  const { t, label, language } = useTexts();
  const save = useSaveObjects();
  const [named, setNamed] = useState<ObjectSetting>();
  const change = (items: ObjectChange[], done: string) =>
    save.mutate(items, {
      onSuccess: (answer) => notifyUndo(done, answer.change),
      onError: notifyError,
    });
  const move = (at: number, by: number) => {
    const order = [...objects];
    const [object] = order.splice(at, 1);
    if (!object) return;
    order.splice(at + by, 0, object);
    change(
      order.map(({ key }, place) => ({ key, position: (place + 1) * 10 })),
      t('app.objects.moved'),
    );
  };
  const why = (object: ObjectSetting): string | undefined => {
    if (object.hidden || object.needed_by.length === 0) return undefined;
    const others = all.filter(({ key }) => key !== object.key && object.needed_by.includes(key));
    if (others.length === 0) return t('app.objects.neededLast');
    return t('app.objects.needed', {
      names: joinList(
        others.map((other) => label(other.label)),
        language,
      ),
    });
  };
  const edit = (object: ObjectSetting, name: string) =>
    t(object.own ? 'app.objects.editOwn' : 'app.objects.edit', { name });
  return (
    <>
      <ul className={list.rows}>
        {objects.map((object, at) => {
          const name = label(object.plural_label);
          const declared = label(object.declared_plural_label);
          const reason = why(object);
          return (
            <li key={object.key} className={list.row} data-hover>
              <NamedIcon name={object.icon} />
              <span className={list.main}>
                <Text component="span" inherit c={object.hidden ? 'dimmed' : undefined}>
                  {name}
                </Text>
                <span className={list.sub}>
                  {object.hidden
                    ? t('app.objects.unused')
                    : object.own
                      ? t('app.objects.ofOwn')
                      : name === declared
                        ? label(object.help)
                        : t('app.objects.declared', { name: declared })}
                </span>
              </span>
              {object.own && !object.hidden && (
                <Tooltip label={t('app.objects.fields', { name })}>
                  <ActionIcon
                    aria-label={t('app.objects.fields', { name })}
                    renderRoot={(props) => (
                      <Link to="/settings/fields" search={{ object: object.key }} {...props} />
                    )}
                  >
                    <IconForms size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
              )}
              <Tooltip label={edit(object, name)}>
                <ActionIcon aria-label={edit(object, name)} onClick={() => setNamed(object)}>
                  <IconPencil size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
              {ordered && (
                <>
                  <ActionIcon
                    aria-label={t('app.objects.up', { name })}
                    disabled={at === 0 || save.isPending}
                    onClick={() => move(at, -1)}
                  >
                    <IconArrowUp size={16} stroke={1.6} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('app.objects.down', { name })}
                    disabled={at === objects.length - 1 || save.isPending}
                    onClick={() => move(at, 1)}
                  >
                    <IconArrowDown size={16} stroke={1.6} />
                  </ActionIcon>
                </>
              )}
              <Tooltip label={reason} disabled={!reason}>
                <span>
                  <Switch
                    aria-label={t('app.objects.use', { name })}
                    aria-description={reason}
                    checked={!object.hidden}
                    disabled={reason !== undefined || save.isPending}
                    onChange={(event) => {
                      const hidden = !event.currentTarget.checked;
                      change(
                        [{ key: object.key, hidden }],
                        t(hidden ? 'app.objects.putAway' : 'app.objects.broughtBack', { name }),
                      );
                    }}
                  />
                </span>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      {named?.own ? (
        <OwnObjectDialog object={named} onClose={() => setNamed(undefined)} />
      ) : (
        named && <NameDialog object={named} onClose={() => setNamed(undefined)} />
      )}
    </>
  );
}

function NameDialog({ object, onClose }: { object: ObjectSetting; onClose: () => void }) {
  const { t, label } = useTexts();
  const save = useSaveObjects();
  const [ja, setJa] = useState(object.label.ja);
  const [en, setEn] = useState(object.label.en ?? '');
  const [enPlural, setEnPlural] = useState(object.plural_label.en ?? '');
  const problems = isApiError(save.error) ? save.error.byField : {};
  const send = (one: Label | null, many: Label | null) =>
    save.mutate([{ key: object.key, label: one, plural_label: many }], {
      onSuccess: (answer) => {
        notifyUndo(t('app.objects.saved', { name: one?.ja ?? label(object.declared_label) }), answer.change);
        onClose();
      },
      onError: (error) => {
        if (!isApiError(error) || !(error.byField.label ?? error.byField.plural_label)) notifyError(error);
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const word = ja.trim();
    // A word of the office needs no English: without one the product's stays.
    send(
      { ja: word, en: en.trim() || object.declared_label.en },
      { ja: word, en: enPlural.trim() || object.declared_plural_label.en },
    );
  };
  const renamed =
    object.label.ja !== object.declared_label.ja ||
    object.label.en !== object.declared_label.en ||
    object.plural_label.en !== object.declared_plural_label.en;
  return (
    <Modal
      opened
      size="sm"
      onClose={onClose}
      title={t('app.objects.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('app.objects.name')}
            description={t('app.objects.declared', { name: object.declared_label.ja })}
            data-autofocus
            required
            withAsterisk={false}
            maxLength={40}
            value={ja}
            error={problems.label ?? problems.plural_label}
            onChange={(event) => setJa(event.currentTarget.value)}
          />
          <TextInput
            label={t('app.objects.en')}
            maxLength={40}
            value={en}
            onChange={(event) => setEn(event.currentTarget.value)}
          />
          <TextInput
            label={t('app.objects.enPlural')}
            maxLength={40}
            value={enPlural}
            onChange={(event) => setEnPlural(event.currentTarget.value)}
          />
          <Group justify="space-between" gap="xs">
            {renamed ? (
              <Button variant="subtle" color="gray" onClick={() => send(null, null)}>
                {t('app.objects.reset')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('ui.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={ja.trim() === ''}>
                {t('ui.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
