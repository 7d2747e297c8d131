import type { ObjectMeta } from '@/api';
import { Avatar, Text, Tooltip, useTexts } from '@/ui';
import classes from './page.module.css';
import { useOthers } from './presence';

const kShown = 4;

/** Who else has this record open, by name; who edits comes first. */
export function Others({ object }: { object: ObjectMeta }) {
  const { t, label } = useTexts();
  const others = useOthers().toSorted((a, b) => Number(b.field !== null) - Number(a.field !== null));
  const said = others.map(({ user, field }) => {
    const edited = field ? object.fields.find((each) => each.key === field) : undefined;
    const what =
      edited && label(object.fields.find((each) => each.key === edited.whole)?.label ?? edited.label);
    return what
      ? t('records.presence.edits', { name: user.title, field: what })
      : t('records.presence.looks', { name: user.title });
  });
  return (
    // Always there, so that a screen reader hears who comes.
    <div className={classes.others} role="status" aria-label={t('records.presence.label')}>
      {others.slice(0, kShown).map((other, at) => (
        <Tooltip key={other.user.id} label={said[at]}>
          <span className={classes.other} data-editing={other.field !== null || undefined}>
            <Avatar size={22} radius="xl" color={other.field === null ? 'gray' : 'orange'} aria-hidden="true">
              {initial(other.user.title)}
            </Avatar>
            <span>{said[at]}</span>
          </span>
        </Tooltip>
      ))}
      {others.length > kShown && (
        <Text size="xs" c="dimmed">
          {t('records.presence.more', { count: others.length - kShown })}
        </Text>
      )}
    </div>
  );
}

function initial(name: string): string {
  return [...name.trim()][0] ?? '?';
}
