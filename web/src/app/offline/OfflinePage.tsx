import { IconChevronRight, IconCloudOff, IconPhone } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { eraseKept } from '@/api';
import { queueVault } from '@/api/device';
import type { Kept, KeptCustomer } from '@/api/kept';
import { vaultUser } from '@/api/vault';
import { phoneHref } from '@/fields';
import {
  Button,
  EmptyState,
  Loading,
  NamedIcon,
  notifyDone,
  Panel,
  Text,
  Title,
  today,
  useConfirm,
  useFormat,
  useTexts,
} from '@/ui';
import { BrandMark } from '../Brand';
import { safeReturn } from '../entry/safeReturn';
import { OfflineCustomer } from './OfflineCustomer';
import classes from './offline.module.css';
import { QueuePanel } from './QueuePanel';
import { useKept, useLine, useSending, useWaiting } from './usePocket';

/** The customers of the day without a line, from what this device keeps, and what waits to be sent. Needs no session. */
export function OfflinePage() {
  const { t } = useTexts();
  const { to, c } = useSearch({ from: '/offline' });
  const cache = useQueryClient();
  const [found, readAgain] = useKept();
  const { line, user } = useLine();
  // Somebody else's: not for these eyes, whatever is still on the device.
  const kept = found && user && found.user !== user.id ? null : found;
  const [owner, setOwner] = useState<string>();
  useEffect(() => void vaultUser(queueVault).then((its) => its && setOwner(its)), []);
  // Signed in no more: the customers have left the device, and now the screen.
  useEffect(() => {
    if (line === 'out') void readAgain();
  }, [line, readAgain]);
  const writer = user?.id ?? kept?.user ?? owner;
  const waiting = useWaiting(writer);
  const onSent = useCallback(
    (sent: number) => {
      notifyDone(t('app.offline.sent', { count: sent }));
      void cache.invalidateQueries();
      // A task that was ticked off has left it.
      void readAgain();
    },
    [cache, t, readAgain],
  );
  useSending(writer, line === 'in', waiting.length, onSent);
  const customer = kept?.customers.find((each) => `${each.object}:${each.id}` === c);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <BrandMark size={24} />
        <span className={classes.grow}>{t('app.offline.title')}</span>
        <Button
          variant="white"
          renderRoot={(props) =>
            line === 'out' ? (
              <a href={`/login?to=${encodeURIComponent(safeReturn(to))}`} {...props} />
            ) : (
              <a href={safeReturn(to)} {...props} />
            )
          }
        >
          {t(line === 'out' ? 'app.signIn' : 'app.offline.toPages')}
        </Button>
      </header>
      <main className={classes.main}>
        <p className={classes.line} data-line={line} role="status">
          {t(`app.offline.line.${line}`)}
        </p>
        {writer && !customer && <QueuePanel user={writer} items={waiting} />}
        {kept === undefined ? (
          <Loading rows={8} />
        ) : kept && customer ? (
          <>
            <KeptAt kept={kept} />
            <OfflineCustomer user={kept.user} customer={customer} waiting={waiting} />
          </>
        ) : kept ? (
          <Customers kept={kept} onErased={readAgain} />
        ) : (
          <EmptyState icon={<IconCloudOff size={28} stroke={1.5} />} title={t('app.offline.nothing')}>
            {t('app.offline.nothingHelp')}
          </EmptyState>
        )}
      </main>
    </div>
  );
}

function KeptAt({ kept }: { kept: Kept }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Text size="sm" c="dimmed">
      {t('app.offline.keptAt', { at: format.relative(kept.at) })}
    </Text>
  );
}

/** Whether it is for today or before; what is pinned alone has no day. Where all is done the customer stays until it is asked anew. */
function isNow(customer: KeptCustomer): boolean {
  if (customer.reasons.length === 0) return !customer.pinned;
  const day = today();
  return customer.reasons.some(({ at }) => (at.length > 10 ? today(new Date(at)) : at) <= day);
}

function Customers({ kept, onErased }: { kept: Kept; onErased: () => Promise<void> }) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const now = kept.customers.filter(isNow);
  const later = kept.customers.filter((each) => !isNow(each) && each.reasons.length > 0);
  const pinned = kept.customers.filter((each) => each.reasons.length === 0 && each.pinned);
  const erase = async () => {
    const sure = await confirm({
      title: t('app.offline.erase'),
      message: t('app.offline.eraseHelp'),
      confirm: t('app.offline.erase'),
      danger: true,
    });
    if (!sure) return;
    await eraseKept();
    await onErased();
  };
  return (
    <>
      <div>
        <Title order={1}>{t('app.offline.heading')}</Title>
        <KeptAt kept={kept} />
      </div>
      {kept.customers.length === 0 && <EmptyState compact title={t('app.offline.nobody')} />}
      <Part title={t('app.offline.today')} customers={now} />
      <Part title={t('app.offline.tomorrow')} customers={later} />
      <Part title={t('app.pinned')} customers={pinned} />
      <Button variant="subtle" color="red" onClick={() => void erase()}>
        {t('app.offline.erase')}
      </Button>
    </>
  );
}

function Part({ title, customers }: { title: string; customers: KeptCustomer[] }) {
  if (customers.length === 0) return null;
  return (
    <Panel flush title={title}>
      <ul className={classes.list}>
        {customers.map((customer) => (
          <Row key={`${customer.object}:${customer.id}`} customer={customer} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ customer }: { customer: KeptCustomer }) {
  const { t } = useTexts();
  const format = useFormat();
  const [phone] = customer.phones;
  const [reason] = customer.reasons;
  const about = reason ? `${format.due(reason.at)} ${reason.text}` : customer.address;
  return (
    <li className={classes.row}>
      <Link
        from="/offline"
        to="/offline"
        search={(now) => ({ to: now.to, c: `${customer.object}:${customer.id}` })}
        className={classes.rowLink}
      >
        <NamedIcon name={customer.icon} size={18} />
        <span className={classes.grow}>
          <b>{customer.title}</b>
          <span className={classes.quiet}>{about}</span>
        </span>
        <IconChevronRight size={16} aria-hidden />
      </Link>
      {phone && (
        <a
          className={classes.call}
          href={phoneHref(phone.number)}
          aria-label={t('app.work.callAt', { name: customer.title, number: phone.number })}
        >
          <IconPhone size={20} aria-hidden />
        </a>
      )}
    </li>
  );
}
