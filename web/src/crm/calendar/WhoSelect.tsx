import { useSession, useUserOptions } from '@/api';
import { Select, useTexts } from '@/ui';
import classes from './calendar.module.css';
import { type Who, whoKey } from './plan';

/** Whose calendar: mine, that of a team of mine, or a colleague's. What is shown is what the reader may see of it. */
export function WhoSelect({ who, onWho }: { who: Who; onWho: (who: Who) => void }) {
  const { t } = useTexts();
  const session = useSession().data;
  const users = useUserOptions().data ?? [];
  const me = session?.user.id;
  const teams = (session?.user.teams ?? []).map((team) => ({ value: `team:${team.id}`, label: team.title }));
  const others = users
    .filter((user) => user.id !== me)
    .map((user) => ({ value: `user:${user.id}`, label: user.title }));
  const data = [
    { value: 'me', label: t('crm.plan.mine') },
    ...(teams.length > 0 ? [{ group: t('crm.plan.teams'), items: teams }] : []),
    ...(others.length > 0 ? [{ group: t('crm.plan.colleagues'), items: others }] : []),
  ];
  return (
    <Select
      size="xs"
      className={classes.who}
      aria-label={t('crm.plan.whose')}
      data={data}
      value={whoKey(who)}
      allowDeselect={false}
      searchable={others.length > 10}
      onChange={(value) => {
        const [kind, id] = String(value ?? 'me').split(':');
        onWho(id && (kind === 'user' || kind === 'team') ? { kind, id } : { kind: 'me' });
      }}
    />
  );
}
