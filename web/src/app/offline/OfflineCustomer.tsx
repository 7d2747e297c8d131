import { IconArrowLeft, IconCheck, IconMail, IconMapPin, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { KeptCustomer, KeptReason } from '@/api/kept';
import { enqueue, newWaitingId, type Waiting } from '@/api/queue';
import { phoneHref } from '@/fields';
import { mapLink } from '@/records/page/mapLink';
import { Button, formatTime, notifyDone, notifyError, Panel, Text, Title, useFormat, useTexts } from '@/ui';
import { OfflineEntry } from './OfflineEntry';
import classes from './offline.module.css';

interface OfflineCustomerProps {
  user: string;
  customer: KeptCustomer;
  waiting: Waiting[];
}

/** One customer as it is kept: how to reach it, what to know, what happened last; and the box to write down what happens now. */
export function OfflineCustomer({ user, customer, waiting }: OfflineCustomerProps) {
  const { t, label } = useTexts();
  const [kind, setKind] = useState<string>();
  const map = customer.address ? mapLink(customer.address, navigator.userAgent) : undefined;
  return (
    <>
      <Link from="/offline" to="/offline" search={(now) => ({ to: now.to })} className={classes.back}>
        <IconArrowLeft size={18} aria-hidden /> {t('app.offline.back')}
      </Link>
      <div>
        <Text size="xs" c="dimmed">
          {[label(customer.label), customer.kana].filter(Boolean).join(' ')}
        </Text>
        <Title order={1}>{customer.title}</Title>
      </div>
      <div className={classes.ways}>
        {customer.phones.map((phone) => (
          <Button
            key={phone.number}
            component="a"
            href={phoneHref(phone.number)}
            size="md"
            variant="default"
            leftSection={<IconPhone size={17} />}
            title={label(phone.label)}
            onClick={() => setKind('call')}
          >
            {phone.number}
          </Button>
        ))}
        {customer.mails.map((mail) => (
          <Button
            key={mail}
            component="a"
            href={`mailto:${mail}`}
            size="md"
            variant="default"
            leftSection={<IconMail size={17} />}
          >
            {mail}
          </Button>
        ))}
        {map && (
          <Button component="a" href={map} size="md" variant="default" leftSection={<IconMapPin size={17} />}>
            {t('app.offline.map')}
          </Button>
        )}
      </div>
      {customer.address && <Text>{customer.address}</Text>}
      {customer.reasons.length > 0 && (
        <Panel flush title={t('app.offline.reasons')}>
          <ul className={classes.list}>
            {customer.reasons.map((reason) => (
              <Reason
                key={`${reason.at} ${reason.text}`}
                user={user}
                about={customer.title}
                reason={reason}
                waiting={waiting}
              />
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t('crm.entry.label')}>
        <OfflineEntry key={`${customer.object}:${customer.id}`} user={user} customer={customer} kind={kind} />
      </Panel>
      {customer.facts.length > 0 && (
        <Panel title={t('app.offline.facts')}>
          <dl className={classes.facts}>
            {customer.facts.map((fact) => (
              <div key={label(fact.label)}>
                <dt>{label(fact.label)}</dt>
                <dd>{fact.text}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      <Panel flush title={t('app.offline.timeline')}>
        {customer.timeline.length === 0 ? (
          <Text c="dimmed" p="md">
            {t('app.offline.noTimeline')}
          </Text>
        ) : (
          <ul className={classes.list}>
            {customer.timeline.map((entry) => (
              <Happened key={`${entry.at} ${entry.title}`} entry={entry} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

function Happened({ entry }: { entry: KeptCustomer['timeline'][number] }) {
  const { label } = useTexts();
  const format = useFormat();
  return (
    <li className={classes.happened}>
      <span className={classes.quiet}>
        {format.relative(entry.at)} {label(entry.kind)}
      </span>
      <div>{entry.title}</div>
      {entry.text && <p className={classes.waitingText}>{entry.text}</p>}
    </li>
  );
}

interface ReasonProps {
  user: string;
  about: string;
  reason: KeptReason;
  waiting: Waiting[];
}

function Reason({ user, about, reason, waiting }: ReasonProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { task } = reason;
  const isSent = waiting.some((item) => item.write.do === 'update' && item.write.id === task?.id);
  // Until it is gone from what is kept; again only if it could not be put down.
  const [finished, setFinished] = useState(false);
  const finish = () => {
    if (!task || finished) return;
    setFinished(true);
    enqueue(user, {
      id: newWaitingId(),
      at: new Date().toISOString(),
      about,
      text: t('app.offline.finished', { title: reason.text }),
      plural: task.plural,
      write: { do: 'update', id: task.id, version: task.version, values: task.finish },
    }).then(
      () => notifyDone(t('app.offline.queued')),
      (error: unknown) => {
        setFinished(false);
        notifyError(error);
      },
    );
  };
  return (
    <li className={classes.reasonRow}>
      <div className={classes.grow}>
        <span className={classes.quiet}>
          {format.due(reason.at)} {reason.at.length > 10 && formatTime(new Date(reason.at))}
        </span>
        <div>{reason.text}</div>
      </div>
      {task && (
        <Button
          variant="default"
          disabled={isSent || finished}
          leftSection={<IconCheck size={16} />}
          onClick={finish}
          aria-label={t('app.offline.finish', { title: reason.text })}
        >
          {isSent || finished ? t('app.offline.waitingShort') : t('app.offline.done')}
        </Button>
      )}
    </li>
  );
}
