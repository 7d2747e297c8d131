import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useObject, useRecordList } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { Alert, useFormat, useTexts } from '@/ui';
import classes from './crm.module.css';
import { linkTo } from './entryKinds';

// What the customer does not want, and whom not to call.
const kWarned = ['dislikes', 'do_not_contact', 'caution', 'opt_out'];
const noObject = { key: 'inquiry', plural: '' };

/** What must be known before the customer is met: dislikes, and complaints that are still open. */
export function Warnings({ object, record }: RecordSlotProps) {
  const { t, label, language } = useTexts();
  const format = useFormat();
  const inquiry = useObject('inquiry');
  const link = inquiry && object.customer ? linkTo(inquiry, object) : undefined;
  const filter = useMemo(
    () => ({
      filter: {
        and: [
          { [link?.key ?? '']: { eq: record.id } },
          { kind: { in: ['complaint', 'trouble'] } },
          { status: { ne: 'solved' } },
        ],
      },
      fields: ['subject', 'content', 'received_at'],
    }),
    [link, record.id],
  );
  const open = useRecordList(inquiry ?? noObject, filter, { limit: 5, enabled: link !== undefined });
  const notes = object.fields.filter(
    (field) =>
      kWarned.includes(field.key) &&
      !field.masked &&
      !isEmpty(record[field.key]) &&
      record[field.key] !== false,
  );
  if (notes.length === 0 && open.records.length === 0) return null;
  return (
    <Alert
      color="red"
      className={classes.warnings}
      icon={<IconAlertTriangle size={18} />}
      role="note"
      aria-label={t('crm.warnings.label')}
    >
      <ul className={classes.warningList}>
        {notes.map((field) => (
          <li key={field.key}>
            <b>{label(field.label)}</b>: {kindOf(field.kind).text(record[field.key], field, language)}
          </li>
        ))}
        {inquiry &&
          open.records.map((each) => (
            <li key={each.id}>
              <b>{t('crm.warnings.complaint')}</b>{' '}
              <Link to="/o/$plural/$id" params={{ plural: inquiry.plural, id: each.id }}>
                {each.title || String(each.content ?? '').slice(0, 60)}
              </Link>{' '}
              {typeof each.received_at === 'string' && format.relative(each.received_at)}
            </li>
          ))}
      </ul>
    </Alert>
  );
}
