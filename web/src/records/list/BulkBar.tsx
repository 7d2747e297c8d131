import { IconArrowMerge, IconTrash, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import {
  type BatchInput,
  type BatchResult,
  type FieldValue,
  type Filter,
  type ObjectMeta,
  type Total,
  useBatch,
  useObjects,
  useRestoreRecords,
} from '@/api';
import { kindOf, toWrite } from '@/fields';
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Modal,
  notifyDone,
  notifyError,
  notifyUndo,
  Select,
  Stack,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import { isEditable } from '../fieldGroups';
import { idsInAddress } from '../merge/address';
import { useListSlots } from '../slots';
import classes from './list.module.css';

const kMostMerged = 20;

interface BulkBarProps {
  object: ObjectMeta;
  ids: string[];
  /** All that the list shows, when it has conditions that a filter can say. */
  everything?: { filter: Filter; total: Total };
  /** The rows lie in the trash: they can only come back. */
  deleted?: boolean;
  onClear: () => void;
}

/** What can be done to the ticked rows. Each act says how many it touched and can be taken back. */
export function BulkBar({ object, ids, everything, deleted = false, onClear }: BulkBarProps) {
  const { t, label } = useTexts();
  const batch = useBatch(object);
  const restore = useRestoreRecords(object);
  const confirm = useConfirm();
  const navigate = useNavigate();
  const [setting, setSetting] = useState<string | null>(null);
  const owner = object.fields.find((field) => field.key === 'owner_id');
  const run = (input: BatchInput, text: (count: number) => string) =>
    batch.mutate(input, {
      onSuccess: (result) => {
        notifyUndo(
          [
            text(result.count),
            ...told(result.problems, t('records.bulk.problems', { count: result.problems.length })),
            ...told(result.warnings, t('records.bulk.warnings', { count: result.warnings.length })),
          ].join('\n'),
          result.change,
        );
        setSetting(null);
        onClear();
      },
      onError: notifyError,
    });
  const remove = async () => {
    const sure = await confirm({
      title: t('records.bulk.deleteTitle', { count: ids.length }),
      message: t('records.bulk.deleteHelp'),
      confirm: t('ui.delete'),
      danger: true,
    });
    if (sure) run({ ids, delete: true }, (count) => t('records.bulk.deleted', { count }));
  };
  const none = ids.length === 0;
  const objects = useObjects();
  const slots = useListSlots();
  const further = deleted ? [] : (slots.bulk?.filter((each) => each.applies(object, objects)) ?? []);
  const [acting, setActing] = useState<string>();
  const Acting = further.find((each) => each.key === acting)?.Dialog;
  return (
    <section className={classes.bulk} aria-label={t('records.bulk.label')}>
      <Text fw={600} component="span" aria-live="polite">
        {t('records.bulk.selected', { count: ids.length })}
      </Text>
      {object.permissions.update && !deleted && (
        <Button size="compact-sm" variant="default" disabled={none} onClick={() => setSetting('')}>
          {t('records.bulk.set')}
        </Button>
      )}
      {object.permissions.update && owner && !deleted && (
        <Button size="compact-sm" variant="default" disabled={none} onClick={() => setSetting('owner_id')}>
          {t('records.bulk.owner')}
        </Button>
      )}
      {object.permissions.update && object.permissions.delete && !deleted && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={ids.length < 2 || ids.length > kMostMerged}
          title={
            ids.length < 2 || ids.length > kMostMerged
              ? t('records.merge.howMany', { most: kMostMerged })
              : undefined
          }
          leftSection={<IconArrowMerge size={14} />}
          onClick={() =>
            void navigate({ to: '/merge', search: { object: object.key, ids: idsInAddress(ids) } })
          }
        >
          {t('records.merge.selected')}
        </Button>
      )}
      {further.map((each) => (
        <Button
          key={each.key}
          size="compact-sm"
          variant="default"
          disabled={none}
          onClick={() => setActing(each.key)}
        >
          {label(each.label)}
        </Button>
      ))}
      {object.permissions.delete && deleted && (
        <Button
          size="compact-sm"
          disabled={none}
          loading={restore.isPending}
          onClick={() =>
            restore.mutate(ids, {
              onSuccess: (count) => {
                notifyDone(t('records.bulk.restored', { count }));
                onClear();
              },
              onError: notifyError,
            })
          }
        >
          {t('records.deleted.restore')}
        </Button>
      )}
      {object.permissions.delete && !deleted && (
        <Button
          size="compact-sm"
          variant="default"
          c={none ? undefined : 'red'}
          disabled={none}
          leftSection={<IconTrash size={14} />}
          loading={batch.isPending}
          onClick={() => void remove()}
        >
          {t('ui.delete')}
        </Button>
      )}
      <ActionIcon aria-label={t('records.bulk.clear')} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
      {Acting && (
        <Acting
          object={object}
          ids={ids}
          onClose={() => setActing(undefined)}
          onDone={() => {
            setActing(undefined);
            onClear();
          }}
        />
      )}
      <Modal opened={setting !== null} onClose={() => setSetting(null)} title={t('records.bulk.setTitle')}>
        {setting !== null && (
          <SetForm
            object={object}
            field={setting}
            ids={ids}
            everything={everything}
            busy={batch.isPending}
            onSubmit={(input) => run(input, (count) => t('records.bulk.changed', { count }))}
          />
        )}
      </Modal>
    </section>
  );
}

function told(records: BatchResult['problems'], heading: string): string[] {
  if (records.length === 0) return [];
  return [heading, ...records.slice(0, 3).map((each) => `${each.title}: ${each.message}`)];
}

interface SetFormProps extends Omit<BulkBarProps, 'onClear' | 'deleted'> {
  field: string;
  busy: boolean;
  onSubmit: (input: BatchInput) => void;
}

function SetForm({ object, field: initial, ids, everything, busy, onSubmit }: SetFormProps) {
  const { t, label } = useTexts();
  const id = useId();
  const [key, setKey] = useState(initial);
  const [value, setValue] = useState<FieldValue>(null);
  const [all, setAll] = useState(false);
  const fields = object.fields.filter(
    (field) =>
      !field.hidden &&
      (isEditable(field) || field.key === 'owner_id') &&
      !field.unique &&
      field.kind !== 'file',
  );
  const field = fields.find((each) => each.key === key);
  const Input = field && kindOf(field.kind).Input;
  const many = everything
    ? `${everything.total.count.toLocaleString()}${everything.total.exact ? '' : '+'}`
    : '';
  return (
    <Stack>
      <Select
        label={t('records.bulk.field')}
        searchable
        value={key === '' ? null : key}
        onChange={(next) => {
          setKey(next ?? '');
          setValue(null);
        }}
        data={fields.map((each) => ({ value: each.key, label: label(each.label) }))}
      />
      {field && Input && (
        <Input
          key={key}
          id={id}
          field={field}
          object={object}
          value={value}
          onChange={setValue}
          label={t('records.bulk.value')}
        />
      )}
      {field && value === null && <Text c="dimmed">{t('records.bulk.empties')}</Text>}
      {everything && (
        <Checkbox
          label={t('records.bulk.everything', { count: many })}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end">
        <Button
          disabled={!field}
          loading={busy}
          onClick={() =>
            onSubmit({
              ...(all && everything ? { filter: everything.filter } : { ids }),
              set: { [key]: toWrite(value) },
            })
          }
        >
          {t('records.bulk.apply', { count: all ? many : String(ids.length) })}
        </Button>
      </Group>
    </Stack>
  );
}
