import { IconPencil, IconUserCircle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import {
  type FieldMeta,
  type ObjectMeta,
  type RecordData,
  type Reference,
  useSession,
  useTeamOptions,
} from '@/api';
import { isReference, PickerInput } from '@/fields';
import { Button, NativeSelect, Popover, Stack, Text, UnstyledButton, useTexts } from '@/ui';
import { ConflictBox } from './ConflictBox';
import classes from './page.module.css';
import { useSaveFact } from './useSaveFact';

interface ResponsibleProps {
  object: ObjectMeta;
  record: RecordData;
}

/** Who of us takes care of this record, and which team; handed over where it stands. */
export function Responsible({ object, record }: ResponsibleProps) {
  const { t } = useTexts();
  const [opened, setOpened] = useState(false);
  const teams = useTeamOptions(opened || record.team_id !== undefined);
  const team = teams.data?.find((each) => each.id === record.team_id?.id);
  const may = object.permissions.update && !record.deleted_at;
  const said = (
    <>
      <IconUserCircle size={15} aria-hidden="true" />
      <span className={classes.quiet}>{t('records.header.owner')}</span>
      <span>{record.owner_id?.title ?? t('records.header.noOwner')}</span>
      {team && (
        <>
          <span className={classes.quiet}>{t('records.header.team')}</span>
          <span>{team.title}</span>
        </>
      )}
      {record.team_id && teams.isPending && <span className={classes.teamPlace} aria-hidden="true" />}
    </>
  );
  if (!may) return record.owner_id || team ? <span className={classes.owner}>{said}</span> : null;
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.ownerButton}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened((now) => !now)}
        >
          {said}
          <IconPencil size={13} className={classes.ownerPencil} aria-label={t('records.header.handOver')} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('records.header.handOver')}>
        {opened && (
          <Editor object={object} record={record} teams={teams.data ?? []} onDone={() => setOpened(false)} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface EditorProps extends ResponsibleProps {
  teams: Reference[];
  onDone: () => void;
}

function Editor({ object, record, teams, onDone }: EditorProps) {
  const { t } = useTexts();
  const id = useId();
  const saving = useSaveFact(object);
  const me = useSession().data?.user;
  const owner = object.fields.find((field) => field.key === 'owner_id');
  // The record as the server holds it, once somebody else was faster.
  const [base, setBase] = useState(record);
  const [mine, setMine] = useState<Record<string, Reference | null>>({});
  const manages = me?.role === 'owner' || me?.role === 'manager';
  // Who manages nothing gives a record to a team of his own; others the server refuses.
  const offered = teams.filter(
    (each) => manages || each.id === base.team_id?.id || me?.teams.some((own) => own.id === each.id),
  );
  const save = async (key: 'owner_id' | 'team_id', value: Reference | null, from = base) => {
    setMine((now) => ({ ...now, [key]: value }));
    if (await saving.save(from, { [key]: value })) onDone();
  };
  const fieldOf = (key: string): FieldMeta | undefined => object.fields.find((field) => field.key === key);
  const conflict = saving.conflicts[0];
  const conflicting = conflict && fieldOf(conflict.field);
  const titled = (value: unknown) => {
    const reference = value as Reference | null;
    if (!reference) return null;
    return {
      id: reference.id,
      title: reference.title ?? teams.find((each) => each.id === reference.id)?.title ?? '',
    };
  };
  return (
    // The focus begins on the whole: a picker would unfold its list over the team.
    <Stack gap="sm" tabIndex={-1} data-autofocus>
      {owner && owner.writable !== false && (
        <div>
          <PickerInput
            id={`${id}-owner`}
            field={owner}
            object={object}
            value={'owner_id' in mine ? mine.owner_id : base.owner_id}
            onChange={(value) => void save('owner_id', isReference(value) ? value : null)}
            label={t('records.header.ownerLong')}
            multiple={false}
            target={null}
            inPlace
            error={saving.errors.owner_id}
          />
          {me && base.owner_id?.id !== me.id && (
            <Button
              size="compact-xs"
              variant="subtle"
              mt={4}
              onClick={() => void save('owner_id', { id: me.id, title: me.title })}
            >
              {t('records.header.takeOver')}
            </Button>
          )}
        </div>
      )}
      {offered.length > 0 ? (
        <NativeSelect
          label={t('records.header.teamLong')}
          value={('team_id' in mine ? mine.team_id?.id : base.team_id?.id) ?? ''}
          error={saving.errors.team_id}
          onChange={(event) =>
            void save('team_id', offered.find((each) => each.id === event.currentTarget.value) ?? null)
          }
          data={[
            { value: '', label: t('records.header.noTeam') },
            ...offered.map((each) => ({ value: each.id, label: each.title })),
          ]}
        />
      ) : (
        <Text size="xs" c="dimmed">
          {t('records.header.noTeams')}
        </Text>
      )}
      {saving.errors[''] && (
        <Text c="red" role="alert" size="xs">
          {saving.errors['']}
        </Text>
      )}
      {conflict && conflicting && saving.current && (
        <ConflictBox
          // A team has no words of its own in the record.
          field={{ ...conflicting, kind: 'user' }}
          conflict={{ ...conflict, yours: titled(conflict.yours), theirs: titled(conflict.theirs) }}
          onMine={() =>
            void save(conflict.field as 'owner_id' | 'team_id', mine[conflict.field] ?? null, saving.current)
          }
          onTheirs={() => {
            setBase(saving.current ?? base);
            setMine({});
            saving.reset();
            onDone();
          }}
        />
      )}
    </Stack>
  );
}
