import { useState } from 'react';
import { useObjects, useTeams } from '@/api';
import type { Road, Usage, UsageOfUser } from '@/api/usage';
import { Badge, Panel, SegmentedControl, Select, Table, Text, useFormat, useTexts } from '@/ui';
import settings from '../settings/SettingsLayout.module.css';
import { DayBars } from './DayBars';
import classes from './usage.module.css';
import { entriesBy, spanOf, teamsOf } from './usageModel';

const colors: Partial<Record<UsageOfUser['state'], string>> = {
  active: 'green',
  quiet: 'yellow',
  stopped: 'red',
  invited: 'blue',
};

/** Who enters, by person or by team. */
export function People({ usage }: { usage: Usage }) {
  const { t } = useTexts();
  const teams = useTeams().data ?? [];
  const [by, setBy] = useState('person');
  const [team, setTeam] = useState<string | null>(null);
  const users = usage.users.filter((user) => team === null || user.team_ids.includes(team));
  return (
    <Panel flush title={t('app.usage.people')}>
      {teams.length > 0 && (
        <div className={`${classes.tools} ${classes.head}`}>
          {by === 'person' && (
            <Select
              w={150}
              size="xs"
              clearable
              aria-label={t('app.usage.team')}
              placeholder={t('app.usage.all')}
              value={team}
              data={teams.map((each) => ({ value: each.id, label: each.title }))}
              onChange={setTeam}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('app.usage.by')}
            value={by}
            onChange={setBy}
            data={[
              { value: 'person', label: t('app.usage.byPerson') },
              { value: 'team', label: t('app.usage.byTeam') },
            ]}
          />
        </div>
      )}
      <div className={settings.scroll}>
        <Table className={settings.stacked} aria-label={t('app.usage.people')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(by === 'person' ? 'app.usage.name' : 'app.usage.team')}</Table.Th>
              <Table.Th>{t('app.usage.bars')}</Table.Th>
              <Table.Th>{t('app.usage.entries')}</Table.Th>
              {by === 'person' && <Table.Th>{t('app.usage.lastEntry')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {by === 'person'
              ? users.map((user) => <Person key={user.user.id} user={user} today={usage.today} />)
              : teamsOf(usage.users, teams).map((each) => (
                  <Table.Tr key={each.id}>
                    <Table.Td>
                      <Text fw={600}>
                        {teams.find(({ id }) => id === each.id)?.title ?? t('app.usage.noTeam')}
                      </Text>
                      <span className={classes.sub}>
                        {t('app.usage.peopleOf', { active: each.active, count: each.users.length })}
                      </span>
                    </Table.Td>
                    <Table.Td data-label="">
                      <DayBars days={each.days} today={usage.today} />
                    </Table.Td>
                    <Table.Td data-label="">
                      <Sums users={each.users} />
                    </Table.Td>
                  </Table.Tr>
                ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  );
}

function Person({ user, today }: { user: UsageOfUser; today: string }) {
  const { t, label } = useTexts();
  const format = useFormat();
  const objects = useObjects();
  const when = (at: string | null | undefined) => (at ? format.relative(at) : t('app.usage.never'));
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} component="div">
          {user.user.title}
        </Text>
        <Badge size="sm" variant="light" color={colors[user.state] ?? 'gray'} c="var(--mantine-color-text)">
          {t(`app.usage.state.${user.state}`)}
        </Badge>
      </Table.Td>
      <Table.Td data-label="">
        <DayBars days={user.days} today={today} />
      </Table.Td>
      <Table.Td data-label="">
        <Sums users={[user]} />
        {user.notes.map((note) => {
          const { unit, count } = spanOf(note.median_minutes);
          const object = objects.find((each) => each.key === note.object);
          return (
            <div key={note.object} className={classes.sub}>
              {t('app.usage.lagValue', {
                name: label(object?.label),
                time: t(`app.usage.minutes.${unit}`, { count }),
                count: note.count,
              })}
            </div>
          );
        })}
      </Table.Td>
      <Table.Td data-label={t('app.usage.lastEntry')} className={classes.nowrap}>
        {when(user.last_entry_at)}
        <div className={classes.sub}>
          {t('app.usage.lastSeen')} {when(user.last_seen_at)}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

function Sums({ users }: { users: UsageOfUser[] }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const kinds = entriesBy(users, 'object');
  if (kinds.length === 0) return <span className={classes.sub}>{t('app.usage.nothing')}</span>;
  const bounded = users.some((user) => user.bounded);
  const count = (number: number) => {
    const text = number.toLocaleString('en-US');
    return bounded ? t('app.usage.bounded', { count: text }) : text;
  };
  return (
    <>
      <div className={classes.sums}>
        {kinds.map(([key, number]) => (
          <span key={key} className={classes.nowrap}>
            {t('app.usage.entryCount', {
              name: label(objects.find((each) => each.key === key)?.label) || key,
              count: count(number),
            })}
          </span>
        ))}
      </div>
      <div className={`${classes.sums} ${classes.sub}`}>
        {entriesBy(users, 'road').map(([road, number]) => (
          <span key={road} className={classes.nowrap}>
            {t('app.usage.entryCount', { name: t(`app.usage.road.${road as Road}`), count: count(number) })}
          </span>
        ))}
      </div>
    </>
  );
}
