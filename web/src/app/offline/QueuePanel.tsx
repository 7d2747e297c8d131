import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { giveUp, isUnsure, tryAgain, type Waiting } from '@/api/queue';
import {
  Button,
  copyText,
  Group,
  notifyDone,
  notifyError,
  Panel,
  useConfirm,
  useFormat,
  useTexts,
} from '@/ui';
import classes from './offline.module.css';

/** What waits to be sent, oldest first, and what the server did not take, with why. */
export function QueuePanel({ user, items }: { user: string; items: Waiting[] }) {
  const { t } = useTexts();
  if (items.length === 0) return null;
  return (
    <Panel flush title={t('app.offline.waiting', { count: items.length })}>
      <ul className={classes.list}>
        {items.map((item) => (
          <One key={item.id} user={user} item={item} />
        ))}
      </ul>
    </Panel>
  );
}

function One({ user, item }: { user: string; item: Waiting }) {
  const { t } = useTexts();
  const format = useFormat();
  const confirm = useConfirm();
  const unsure = isUnsure(item, Date.now());
  const stuck = item.refused !== undefined || unsure;
  // A change that was refused is refused again, for the record is another one by now: there it can be looked at.
  const changed = item.refused && item.write.do === 'update' ? item.write.id : undefined;
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await tryAgain(user, item);
    } catch (error) {
      notifyError(error);
    }
    setBusy(false);
  };
  const drop = async () => {
    const sure = await confirm({
      title: t('app.offline.dropTitle'),
      message: item.text,
      confirm: t('app.offline.drop'),
      danger: true,
    });
    if (sure) await giveUp(item.id);
  };
  return (
    <li className={classes.waiting} data-stuck={stuck || undefined}>
      <div className={classes.waitingHead}>
        {stuck ? <IconAlertTriangle size={16} aria-hidden /> : <IconClock size={16} aria-hidden />}
        <b>{item.about}</b>
        <span className={classes.quiet}>{format.relative(item.at)}</span>
      </div>
      <p className={classes.waitingText}>{item.text}</p>
      {stuck && (
        <p className={classes.reason} role="alert">
          {unsure && !item.refused
            ? t('app.offline.unsure')
            : item.refused?.messages.filter(Boolean).join(' ') || t('ui.failed')}
        </p>
      )}
      <Group gap="xs">
        {stuck && changed === undefined && (
          <Button variant="default" loading={busy} onClick={() => void again()}>
            {t('app.offline.again')}
          </Button>
        )}
        {changed !== undefined && (
          <Button component="a" href={`/o/${item.plural}/${changed}`} variant="default">
            {t('app.offline.open')}
          </Button>
        )}
        {stuck && (
          <Button
            variant="default"
            onClick={() =>
              void copyText(item.text).then(() => notifyDone(t('app.offline.copied')), notifyError)
            }
          >
            {t('app.offline.copy')}
          </Button>
        )}
        <Button variant="subtle" color="red" onClick={() => void drop()}>
          {t('app.offline.drop')}
        </Button>
      </Group>
    </li>
  );
}
