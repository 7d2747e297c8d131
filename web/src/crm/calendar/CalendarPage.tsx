import { IconCalendar, IconPlus, IconUpload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  type ObjectMeta,
  type RecordData,
  useMetadata,
  useObjects,
  useUploadImport,
  type Values,
} from '@/api';
import { CalendarView } from '@/records/calendar/CalendarView';
import { type Place, type Source, valueAt } from '@/records/calendar/calendarModel';
import { RecordPreview } from '@/records/list/RecordPreview';
import { RecordCreate } from '@/records/RecordCreate';
import {
  Button,
  Chip,
  EmptyState,
  ErrorState,
  FileButton,
  Group,
  Loading,
  Menu,
  Modal,
  NamedIcon,
  notifyError,
  Stack,
  Title,
  today,
  useFormat,
  useMediaQuery,
  useTexts,
} from '@/ui';
import classes from './calendar.module.css';
import { type PlanState, planSources, readPlan, whoKey, writePlan } from './plan';
import { WhoSelect } from './WhoSelect';

/** 予定: tasks, activities and what comes next with customers, of one person or team, in one calendar. */
export function CalendarPage() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const metadata = useMetadata();
  const objects = useObjects();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const state = useMemo(() => readPlan(search), [search]);
  const go = (part: Partial<PlanState>, replace = true) =>
    void navigate({ to: '/calendar', search: writePlan({ ...state, ...part }), replace });

  const who = whoKey(state.who);
  const all = useMemo(() => planSources(objects, readPlan({ who }).who), [objects, who]);
  const hide = state.hide.join(',');
  const sources = useMemo(
    () => all.filter(({ object }) => !hide.split(',').includes(object.key)),
    [all, hide],
  );
  const makeable = all.filter(({ object, field }) => object.permissions.create && field.writable !== false);
  const made = makeable.filter(({ field }) => !field.read_only);

  const [asking, setAsking] = useState<Place>();
  const [creating, setCreating] = useState<{ object: ObjectMeta; initial: Values }>();
  const create = (source: Source, place: Place) => {
    setAsking(undefined);
    setCreating({ object: source.object, initial: { [source.field.key]: valueAt(source.field, place) } });
  };
  // A time is that of an activity; on a day it may be either.
  const ask = (place: Place) => {
    const fits = made.filter(({ field }) => place.minute === undefined || field.kind === 'date_time');
    const [only] = fits;
    if (fits.length === 1 && only) create(only, place);
    else setAsking(place);
  };
  const created = (record: RecordData) => {
    const object = creating?.object;
    setCreating(undefined);
    if (!object) return;
    if (phone) void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id: record.id } });
    else go({ open: { object: object.key, id: record.id } });
  };
  // A calendar file from elsewhere becomes an import, which is looked through before it runs.
  const upload = useUploadImport();
  const [over, setOver] = useState(false);
  const importable = objects.some(
    ({ key, permissions }) => (key === 'activity' || key === 'task') && permissions.import,
  );
  const send = (file: File | null | undefined) => {
    if (!file) return;
    upload.mutate(
      { file },
      {
        onSuccess: (run) => void navigate({ to: '/import/$id', params: { id: run.id } }),
        onError: notifyError,
      },
    );
  };
  const opened = objects.find((object) => object.key === state.open?.object);
  const day = state.day ?? today();

  if (metadata.isPending) return <Loading rows={12} />;
  if (metadata.error) return <ErrorState error={metadata.error} onRetry={() => void metadata.refetch()} />;
  if (all.length === 0)
    return <EmptyState icon={<IconCalendar size={28} stroke={1.5} />} title={t('crm.plan.nothing')} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button for a calendar file does the same without a mouse
    <div
      className={classes.page}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!importable || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!importable || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        send(event.dataTransfer.files[0]);
      }}
    >
      <header className={classes.head}>
        <Group gap="xs" wrap="nowrap">
          <IconCalendar size={20} stroke={1.6} aria-hidden="true" />
          <Title order={1}>{t('crm.plan.title')}</Title>
        </Group>
        <WhoSelect who={state.who} onWho={(next) => go({ who: next, open: undefined }, false)} />
        <Group gap={6} className={classes.kinds}>
          {all.map(({ object, field, tone }) => (
            <Chip
              key={object.key}
              size="xs"
              variant="outline"
              checked={!state.hide.includes(object.key)}
              onChange={(shown) =>
                go({
                  hide: shown ? state.hide.filter((key) => key !== object.key) : [...state.hide, object.key],
                })
              }
            >
              <span className={classes.kind} data-tone={tone}>
                <NamedIcon name={object.icon} size={14} />
                {object.customer
                  ? t('crm.plan.nextOf', { name: label(object.label), field: label(field.label) })
                  : label(object.plural_label)}
              </span>
            </Chip>
          ))}
        </Group>
        {made.length > 0 && (
          <Menu>
            <Menu.Target>
              <Button size="compact-sm" leftSection={<IconPlus size={14} />}>
                {t('records.create.button')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {made.map((source) => (
                <Menu.Item
                  key={source.object.key}
                  leftSection={<NamedIcon name={source.object.icon} size={16} />}
                  onClick={() => create(source, { day })}
                >
                  {label(source.object.label)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {importable && (
          <FileButton accept=".ics,text/calendar" onChange={send}>
            {(button) => (
              <Button
                {...button}
                size="compact-sm"
                variant="default"
                aria-label={t('crm.plan.import')}
                title={phone ? t('crm.plan.import') : undefined}
                leftSection={phone ? undefined : <IconUpload size={14} />}
                loading={upload.isPending}
              >
                {phone ? <IconUpload size={18} /> : t('crm.plan.import')}
              </Button>
            )}
          </FileButton>
        )}
      </header>
      <div className={classes.body}>
        <div className={classes.main}>
          <CalendarView
            sources={sources}
            span={state.span ?? 'week'}
            day={day}
            onPeriod={(part) => go(part, part.span === undefined)}
            phone={phone}
            current={state.open?.id}
            onOpen={(entry) => go({ open: { object: entry.source.object.key, id: entry.record.id } })}
            onCreate={made.length > 0 ? ask : undefined}
          />
        </div>
        {state.open && opened && !phone && (
          <RecordPreview
            key={state.open.id}
            object={opened}
            id={state.open.id}
            onClose={() => go({ open: undefined })}
          />
        )}
      </div>
      {asking && (
        <WhatDialog place={asking} sources={made} onChoose={create} onClose={() => setAsking(undefined)} />
      )}
      {creating && (
        <RecordCreate
          object={creating.object}
          initial={creating.initial}
          opened
          onClose={() => setCreating(undefined)}
          onCreated={created}
        />
      )}
    </div>
  );
}

interface WhatDialogProps {
  place: Place;
  sources: Source[];
  onChoose: (source: Source, place: Place) => void;
  onClose: () => void;
}

/** What the new thing on a day is. */
function WhatDialog({ place, sources, onChoose, onClose }: WhatDialogProps) {
  const { t, label } = useTexts();
  const format = useFormat();
  return (
    <Modal
      opened
      onClose={onClose}
      size="xs"
      title={t('crm.plan.newOn', { day: format.date(place.day, 'day') })}
    >
      <Stack gap="xs">
        {sources.map((source, at) => (
          <Button
            key={source.object.key}
            variant="default"
            justify="flex-start"
            data-autofocus={at === 0 || undefined}
            leftSection={<NamedIcon name={source.object.icon} size={16} />}
            onClick={() => onChoose(source, place)}
          >
            {label(source.object.label)}
          </Button>
        ))}
      </Stack>
    </Modal>
  );
}
