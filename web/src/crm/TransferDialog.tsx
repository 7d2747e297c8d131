import { useId, useState } from 'react';
import {
  type FieldMeta,
  type FieldValue,
  isApiError,
  type ObjectMeta,
  type RecordData,
  useObjects,
  useOpenWork,
  useTransfer,
  type Values,
} from '@/api';
import { isEmpty, kindOf, PickerInput, referencesOf, stringsOf, toWrite } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import {
  Alert,
  Button,
  Checkbox,
  errorText,
  Group,
  joinList,
  Modal,
  notifyUndo,
  SimpleGrid,
  Stack,
  Text,
  useTexts,
} from '@/ui';

// Where somebody stands in a company, and how to reach them there.
const kPlace = ['division', 'department', 'job_title', 'email', 'phone'];
const kReach = ['email', 'phone'];

// The day of the move is no field of the person: its notes on the timeline carry it.
const kOn: FieldMeta = { id: 0, key: 'on', kind: 'date', label: { ja: '', en: '' }, comparison: 'date' };
const { Input: DateInput } = kindOf('date');

function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date());
}

/** 人の異動: to another company, with what stays at the old one and who takes it over. */
export function TransferDialog({ object, record, onClose }: RecordSlotProps & { onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal opened onClose={onClose} size="lg" title={t('crm.transfer.title', { name: record.title })}>
      <TransferForm object={object} record={record} onClose={onClose} />
    </Modal>
  );
}

function TransferForm({ object, record, onClose }: RecordSlotProps & { onClose: () => void }) {
  const { t, label, language } = useTexts();
  const id = useId();
  const move = useTransfer(object, record.id);
  const [values, setValues] = useState<Values>({});
  const [on, setOn] = useState(today);
  const [forget, setForget] = useState(true);
  const [successor, setSuccessor] = useState<FieldValue>(null);
  const fieldOf = (key: string) =>
    object.fields.find((field) => field.key === key && field.writable !== false && !field.masked);
  const company = fieldOf('company');
  const before = referencesOf(record.company)[0];
  const errors = isApiError(move.error) ? move.error.byField : {};
  const reach = kReach.flatMap((key) => (fieldOf(key) ? stringsOf(record[key]) : []));
  if (!company) return null;

  const set = (key: string, value: FieldValue) => setValues((now) => ({ ...now, [key]: value }));
  const box = (field: FieldMeta, focus = false) => {
    const { Input } = kindOf(field.kind);
    return (
      <Input
        key={field.key}
        id={`${id}-${field.key}`}
        field={field}
        object={object}
        value={values[field.key] ?? null}
        onChange={(value) => set(field.key, value)}
        label={field.key === 'company' ? t('crm.transfer.to') : label(field.label)}
        error={errors[field.key]}
        autoFocus={focus}
      />
    );
  };
  const save = () => {
    const sent: Values = { company: toWrite(values.company ?? null) };
    for (const key of kPlace) {
      if (!fieldOf(key)) continue;
      if (!isEmpty(values[key])) sent[key] = toWrite(values[key]);
      else if (!kReach.includes(key) || forget) sent[key] = null;
    }
    move.mutate(
      {
        values: sent,
        on,
        successor: referencesOf(successor)[0]?.id,
        version: record.version,
      },
      {
        onSuccess: (written) => {
          const to = referencesOf(written.company)[0];
          notifyUndo(
            [
              to
                ? t('crm.transfer.done', { name: written.title, company: to.title })
                : t('crm.transfer.left', { name: written.title }),
              ...(written.taken_over > 0 ? [t('crm.transfer.takenOver', { count: written.taken_over })] : []),
            ].join('\n'),
            written.change,
          );
          onClose();
        },
      },
    );
  };
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {before ? t('crm.transfer.from', { company: before.title }) : t('crm.transfer.fromNone')}
      </Text>
      {box(company, true)}
      {isEmpty(values.company) && before && (
        <Text size="xs" c="dimmed" mt={-8}>
          {t('crm.transfer.unknown')}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {kPlace.flatMap((key) => {
          const field = fieldOf(key);
          return field ? [box(field)] : [];
        })}
        <DateInput
          id={`${id}-on`}
          field={kOn}
          object={object}
          value={on}
          onChange={(value) => setOn(typeof value === 'string' ? value : '')}
          label={t('crm.transfer.on')}
          error={errors.on}
        />
      </SimpleGrid>
      {reach.length > 0 && (
        <Checkbox
          label={t('crm.transfer.forget', { what: joinList(reach, language) })}
          description={t('crm.transfer.forgetHelp')}
          checked={forget}
          onChange={(event) => setForget(event.currentTarget.checked)}
        />
      )}
      {before && (
        <Remaining
          object={object}
          record={record}
          company={before.title}
          successor={successor}
          onSuccessor={setSuccessor}
          error={errors.successor}
        />
      )}
      {move.error && (
        <Alert color="red" role="alert">
          <span style={{ whiteSpace: 'pre-line' }}>{errorText(move.error)}</span>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={move.isPending} disabled={isEmpty(values.company) && !before} onClick={save}>
          {t('crm.transfer.save')}
        </Button>
      </Group>
    </Stack>
  );
}

interface RemainingProps {
  object: ObjectMeta;
  record: RecordData;
  company: string;
  successor: FieldValue;
  onSuccessor: (value: FieldValue) => void;
  error?: string;
}

/** What is open at the old company: it stays there, and somebody else there may take it over. */
function Remaining({ object, record, company, successor, onSuccessor, error }: RemainingProps) {
  const { t, label } = useTexts();
  const id = useId();
  const objects = useObjects();
  const work = useOpenWork(object, record.id);
  const field = object.fields.find((each) => each.key === object.title);
  if (!work.data || work.data.length === 0 || !field) return null;
  const kinds = [...new Set(work.data.map((each) => each.object))];
  const counts = kinds.map((key) =>
    t('records.merge.move', {
      name: label(objects.find((each) => each.key === key)?.label),
      count: work.data.filter((each) => each.object === key).length,
    }),
  );
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('crm.transfer.stays', { company, what: counts.join(t('records.merge.and')) })}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {work.data.slice(0, 5).map((each) => (
          <li key={each.id}>{each.title}</li>
        ))}
        {work.data.length > 5 && <li>{t('crm.transfer.andMore', { count: work.data.length - 5 })}</li>}
      </ul>
      <PickerInput
        id={id}
        field={field}
        object={object}
        multiple={false}
        target={object.key}
        existing
        except={[record.id]}
        value={successor}
        onChange={onSuccessor}
        label={t('crm.transfer.successor')}
        error={error}
      />
      <Text size="xs" c="dimmed">
        {t('crm.transfer.successorHelp')}
      </Text>
    </Stack>
  );
}
