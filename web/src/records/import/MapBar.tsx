import { IconDeviceFloppy, IconFileCheck, IconPencil, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import {
  type ImportRun,
  type ImportSettings,
  useChangeImportMap,
  useDeleteImportMap,
  useImportMaps,
  useSaveImportMap,
} from '@/api';
import {
  ActionIcon,
  Button,
  Checkbox,
  NativeSelect,
  notifyDone,
  notifyError,
  Panel,
  Text,
  TextInput,
  useConfirm,
  useTexts,
} from '@/ui';
import classes from './import.module.css';

interface MapBarProps {
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}

/** Which column map the file is read with, to be changed for another, and the own ones kept for the next file. */
export function MapBar({ run, onChange }: MapBarProps) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const maps = useImportMaps();
  const remove = useDeleteImportMap();
  const [form, setForm] = useState<'save' | 'change'>();
  const used = maps.data?.items.find((map) => map.id === run.map?.id);
  // Those that fit come first; others are there for a file whose headings somebody changed.
  const fitting = run.maps ?? [];
  const others = [...(maps.data?.items ?? []), ...(maps.data?.ready ?? [])].filter(
    (map) => !fitting.some((each) => each.id === map.id),
  );
  const askAndRemove = async () => {
    if (!used) return;
    const yes = await confirm({
      title: t('records.import.map.deleteTitle', { name: used.name }),
      message: t('records.import.map.deleteHelp'),
      confirm: t('records.import.map.delete'),
      danger: true,
    });
    if (!yes) return;
    remove.mutate(used.id, {
      onSuccess: () => {
        notifyDone(t('records.import.map.deleted'));
        onChange({ map: '' });
      },
      onError: notifyError,
    });
  };
  return (
    <Panel>
      {run.map && (
        <p className={classes.recognised} role="status">
          <IconFileCheck size={18} aria-hidden="true" />
          <b>{t('records.import.map.recognised', { name: run.map.name })}</b>
        </p>
      )}
      <div className={classes.detected}>
        <NativeSelect
          label={t('records.import.map.label')}
          value={run.map?.id ?? 'none'}
          onChange={(event) => onChange({ map: event.currentTarget.value })}
          data={[
            ...fitting.map((map) => ({
              value: map.id,
              label: map.own ? map.name : t('records.import.map.ready', { name: map.name }),
            })),
            { value: 'none', label: t('records.import.map.none') },
            ...others.map((map) => ({ value: map.id, label: map.name })),
          ]}
        />
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={15} />}
          onClick={() => setForm((now) => (now === 'save' ? undefined : 'save'))}
          aria-expanded={form === 'save'}
        >
          {t('records.import.map.save')}
        </Button>
        {used?.changeable && (
          <div className={classes.mapActions}>
            <ActionIcon
              variant="subtle"
              aria-label={t('records.import.map.change')}
              title={t('records.import.map.change')}
              onClick={() => setForm((now) => (now === 'change' ? undefined : 'change'))}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('records.import.map.delete')}
              title={t('records.import.map.delete')}
              onClick={() => void askAndRemove()}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        )}
      </div>
      {used && !used.mine && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('records.import.map.by', { name: used.owner })}
        </Text>
      )}
      {form && (
        <MapForm
          key={form}
          run={run}
          change={form === 'change' ? used : undefined}
          onDone={(id) => {
            setForm(undefined);
            onChange({ map: id });
          }}
        />
      )}
    </Panel>
  );
}

function MapForm({
  run,
  change,
  onDone,
}: {
  run: ImportRun;
  change: { id: string; name: string; shared: boolean } | undefined;
  onDone: (id: string) => void;
}) {
  const { t } = useTexts();
  const save = useSaveImportMap();
  const rename = useChangeImportMap();
  const [name, setName] = useState(change?.name ?? run.name.replace(/\.[^.]*$/, '').slice(0, 60));
  const [shared, setShared] = useState(change?.shared ?? false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const answer = {
      onSuccess: (map: { id: string }) => {
        notifyDone(t('records.import.map.saved'));
        onDone(map.id);
      },
      onError: notifyError,
    };
    if (change) rename.mutate({ id: change.id, name, shared }, answer);
    else save.mutate({ import: run.id, name, shared }, answer);
  };
  return (
    <form className={classes.mapForm} onSubmit={submit}>
      <TextInput
        label={t('records.import.map.name')}
        value={name}
        maxLength={60}
        required
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label={t('records.import.map.shared')}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={name.trim() === ''} loading={save.isPending || rename.isPending}>
        {t('records.import.map.keep')}
      </Button>
    </form>
  );
}
