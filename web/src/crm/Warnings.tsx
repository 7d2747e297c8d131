import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type Brief, useObject } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { Alert, useFormat, useTexts } from '@/ui';
import classes from './crm.module.css';

// What the customer does not want, and whom not to call.
const kWarned = ['dislikes', 'do_not_contact', 'caution', 'opt_out'];

/** What must be known before the customer is met: what to avoid, with whom of its people, and complaints that are still open. */
export function Warnings({ object, record, brief }: RecordSlotProps & { brief?: Brief }) {
  const { t, label, language } = useTexts();
  const format = useFormat();
  const inquiry = useObject('inquiry');
  const person = useObject('person');
  const complaints = (inquiry && brief?.complaints?.items) || [];
  const more = (brief?.complaints?.total?.count ?? 0) - complaints.length;
  const people = (person && brief?.cautions?.items) || [];
  const notes = object.fields.filter(
    (field) =>
      kWarned.includes(field.key) &&
      !field.masked &&
      !isEmpty(record[field.key]) &&
      record[field.key] !== false,
  );
  if (notes.length + complaints.length + people.length === 0) return null;
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
        {person &&
          people.map((each) => (
            <li key={each.id}>
              <b>{t('crm.warnings.person')}</b>{' '}
              <Link to="/o/$plural/$id" params={{ plural: person.plural, id: each.id }}>
                {each.title}
              </Link>
              : {String(each.dislikes ?? '')}
            </li>
          ))}
        {inquiry &&
          complaints.map((each) => (
            <li key={each.id}>
              <b>{t('crm.warnings.complaint')}</b>{' '}
              <Link to="/o/$plural/$id" params={{ plural: inquiry.plural, id: each.id }}>
                {each.title || String(each.content ?? '').slice(0, 60)}
              </Link>{' '}
              {typeof each.received_at === 'string' && format.relative(each.received_at)}
            </li>
          ))}
        {more > 0 && <li>{t('crm.warnings.more', { count: more })}</li>}
      </ul>
    </Alert>
  );
}
