import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Brief, type ObjectMeta, type RecordData, useBrief, useObject } from '@/api';
import { isEmpty, isReference, kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { Button, errorText, Skeleton, Text, today, useFormat, useTexts, useWaiting } from '@/ui';
import classes from './crm.module.css';
import { LastContact } from './LastContact';
import { Warnings } from './Warnings';

/** What to know before the customer is met, at one glance: who they are, the usual, the last contact, what was promised, what to avoid. */
export function CustomerBrief({ object, record }: RecordSlotProps) {
  const { t } = useTexts();
  const brief = useBrief(object, record.id, object.customer);
  if (!object.customer) return null;
  return (
    <>
      <Warnings object={object} record={record} brief={brief.data} />
      <section className={classes.brief} aria-label={t('crm.brief.label')} aria-busy={brief.isPending}>
        <Part title={t('crm.brief.who')}>
          <Who object={object} record={record} />
        </Part>
        {brief.error && !brief.data ? (
          <Part title={t('crm.brief.label')}>
            <Text c="dimmed" size="sm">
              {errorText(brief.error)}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => void brief.refetch()}>
              {t('ui.retry')}
            </Button>
          </Part>
        ) : (
          <>
            <Part title={t('crm.brief.usual')}>
              {brief.data ? <Usual object={object} record={record} brief={brief.data} /> : <Waiting />}
            </Part>
            <Part title={t('crm.brief.last')}>
              {brief.data ? <LastContact object={object} record={record} brief={brief.data} /> : <Waiting />}
              {brief.data && <PastComplaints brief={brief.data} />}
            </Part>
            <Part title={t('crm.brief.next')}>
              {brief.data ? <Next object={object} record={record} brief={brief.data} /> : <Waiting />}
            </Part>
          </>
        )}
      </section>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.briefPart}>
      <h2 className={classes.briefTitle}>{title}</h2>
      {children}
    </div>
  );
}

function Waiting() {
  useWaiting();
  return (
    <>
      <Skeleton height={14} mb={6} width="80%" />
      <Skeleton height={14} width="55%" />
    </>
  );
}

interface PartProps {
  object: ObjectMeta;
  record: RecordData;
  brief: Brief;
}

// Who they are in one line, from the most to the least telling.
const kWho: Record<string, string[]> = {
  company: ['industry', 'business', 'city', 'employees', 'rank'],
  person: ['company', 'department', 'job_title', 'occupation', 'city', 'rank'],
};
const kLikes = ['preferences', 'preference_note', 'note'];
const kWhoParts = 4;

/** The texts of some fields as the reader may see them; what is hidden, masked or empty is left out. */
function useTextsOf(
  object: ObjectMeta,
  record: RecordData,
  keys: readonly string[],
): { key: string; label: string; text: string }[] {
  const { label, language } = useTexts();
  return keys.flatMap((key) => {
    const field = object.fields.find((each) => each.key === key && !each.masked && !each.hidden);
    if (!field || isEmpty(record[key])) return [];
    const text = kindOf(field.kind).text(record[key], field, language);
    return text ? [{ key, label: label(field.label), text }] : [];
  });
}

function Who({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTexts();
  const company = useObject('company');
  const who = useTextsOf(object, record, kWho[object.key] ?? []).slice(0, kWhoParts);
  const likes = useTextsOf(object, record, kLikes);
  if (who.length + likes.length === 0) return <p className={classes.briefQuiet}>{t('crm.brief.noWho')}</p>;
  return (
    <>
      {who.length > 0 && (
        <p className={classes.briefWho}>
          {who.map((each, at) => (
            <span key={each.key}>
              {at > 0 && <span aria-hidden="true"> ・ </span>}
              {each.key === 'employees' ? t('crm.brief.employees', { count: each.text }) : null}
              {each.key === 'rank' ? `${each.label} ${each.text}` : null}
              {each.key === 'company' && company && isReference(record.company) ? (
                <Link to="/o/$plural/$id" params={{ plural: company.plural, id: record.company.id }}>
                  {each.text}
                </Link>
              ) : null}
              {['employees', 'rank', 'company'].includes(each.key) ? null : each.text.replace(/。$/, '')}
            </span>
          ))}
        </p>
      )}
      {likes.map((each) => (
        <p key={each.key} className={classes.briefText}>
          <span className={classes.briefQuiet}>{each.label}</span> {each.text}
        </p>
      ))}
    </>
  );
}

function Usual({ object, record, brief }: PartProps) {
  const { t } = useTexts();
  const format = useFormat();
  const product = useObject('product');
  const said = useTextsOf(object, record, ['usual_order']);
  const number = (key: string): number => {
    const field = object.fields.find((each) => each.key === key && !each.masked);
    return field && typeof record[key] === 'number' ? (record[key] as number) : 0;
  };
  const items = brief.usual?.items ?? [];
  const count = number('order_count');
  const total = number('order_total');
  const days = number('order_interval_days');
  const last =
    object.fields.some((field) => field.key === 'last_order_on' && !field.masked) && record.last_order_on;
  const bought = count > 0 || total > 0;
  if (said.length + items.length === 0 && !bought)
    return <p className={classes.briefQuiet}>{t('crm.brief.noOrders')}</p>;
  return (
    <>
      {said.map((each) => (
        <p key={each.key} className={classes.briefText}>
          {each.text}
        </p>
      ))}
      <ul className={classes.briefList}>
        {items.map((item) => (
          <li key={item.product?.id ?? item.title}>
            {product && item.product ? (
              <Link to="/o/$plural/$id" params={{ plural: product.plural, id: item.product.id }}>
                {item.product.title}
              </Link>
            ) : (
              item.title
            )}{' '}
            <span className={classes.briefWhole}>
              {item.quantity !== null && `${item.quantity.toLocaleString()}${item.unit}・`}
              {t('crm.brief.times', { orders: brief.usual?.orders ?? 0, count: item.times })}
            </span>
          </li>
        ))}
      </ul>
      {bought && (
        <p className={classes.briefText}>
          {t('crm.brief.total', { total: format.yen(total), count })}
          <span className={classes.briefQuiet}>
            {days > 0 && ` ${t('crm.brief.every', { count: days })}`}
            {typeof last === 'string' && ` ${t('crm.brief.lastOrder', { on: format.relative(last) })}`}
          </span>
        </p>
      )}
    </>
  );
}

function PastComplaints({ brief }: { brief: Brief }) {
  const { t } = useTexts();
  const format = useFormat();
  const inquiry = useObject('inquiry');
  const past = brief.past_complaints;
  const newest = past?.items[0];
  if (!inquiry || !past || !newest) return null;
  return (
    <p className={classes.briefText}>
      <span className={classes.briefQuiet}>
        {t('crm.brief.past', { count: past.total?.count ?? past.items.length })}
      </span>{' '}
      <Link to="/o/$plural/$id" params={{ plural: inquiry.plural, id: newest.id }}>
        {newest.title || t('crm.brief.open')}
      </Link>{' '}
      <span className={classes.briefQuiet}>
        {typeof newest.received_at === 'string' && format.relative(newest.received_at)}
      </span>
    </p>
  );
}

function Next({ object, record, brief }: PartProps) {
  const { t } = useTexts();
  const format = useFormat();
  const task = useObject('task');
  const tasks = (task && brief.tasks?.items) || [];
  const more = (brief.tasks?.total?.count ?? 0) - tasks.length;
  // Whose tasks are not his to see still knows that something was promised, when he may read that.
  const kept = useTextsOf(object, record, ['next_action', 'next_action_at']);
  if (!task || tasks.length === 0)
    return kept.length > 0 ? (
      <p>{kept.map((each) => each.text).join(' ')}</p>
    ) : (
      <p className={classes.briefQuiet}>{t('crm.brief.noNext')}</p>
    );
  return (
    <ul className={classes.briefList}>
      {tasks.map((each) => (
        <li key={each.id}>
          {typeof each.due_on === 'string' && (
            <b data-late={each.due_on < today() || undefined} className={classes.briefDue}>
              {format.due(each.due_on)}
            </b>
          )}{' '}
          <Link to="/o/$plural/$id" params={{ plural: task.plural, id: each.id }}>
            {each.title || t('crm.brief.open')}
          </Link>{' '}
          {isReference(each.owner_id) && <span className={classes.briefQuiet}>{each.owner_id.title}</span>}
        </li>
      ))}
      {more > 0 && <li className={classes.briefQuiet}>{t('crm.brief.moreTasks', { count: more })}</li>}
    </ul>
  );
}
