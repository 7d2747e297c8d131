import { Link } from '@tanstack/react-router';
import { type Brief, type ObjectMeta, type RecordData, useObject } from '@/api';
import { isReference, optionLabel } from '@/fields';
import { useFormat, useTexts } from '@/ui';
import classes from './crm.module.css';

interface LastContactProps {
  object: ObjectMeta;
  record: RecordData;
  brief?: Brief;
  /** In one line, without what was said. */
  short?: boolean;
}

/** When, how and by whom of which department the customer was last spoken to, and about what. */
export function LastContact({ object, record, brief, short = false }: LastContactProps) {
  const { t, language } = useTexts();
  const format = useFormat();
  const last = brief?.last_contact;
  const made = useObject(last?.object);
  const known = object.fields.some((field) => field.key === 'last_contact_at' && !field.masked)
    ? record.last_contact_at
    : undefined;
  if (!brief) return null;
  if (!last || !made) {
    // Somebody was in touch, but what was said is not for everybody.
    return (
      <p className={classes.briefQuiet}>
        {typeof known === 'string'
          ? t('crm.brief.contactUnseen', { at: format.relative(known) })
          : t('crm.brief.noContact')}
      </p>
    );
  }
  const at = String(last.record.happened_at ?? last.record.received_at ?? '');
  const kind = made.fields.find((field) => field.key === 'kind');
  const how = kind && last.record.kind ? optionLabel(kind, String(last.record.kind), language) : '';
  const owner = isReference(last.record.owner_id) ? last.record.owner_id.title : '';
  const whom = isReference(last.record.person) ? last.record.person.title : '';
  const content = typeof last.record.content === 'string' ? last.record.content : '';
  return (
    <div className={classes.briefContact}>
      <div>
        <b>{format.relative(at)}</b> {how}{' '}
        {[
          owner && (last.team ? t('crm.brief.ofTeam', { name: owner, team: last.team }) : owner),
          whom && t('crm.brief.with', { name: whom }),
        ].map(
          (each) =>
            each && (
              <span key={each} className={classes.briefWhole}>
                {each}{' '}
              </span>
            ),
        )}
      </div>
      <Link to="/o/$plural/$id" params={{ plural: made.plural, id: last.record.id }}>
        {last.record.title || t('crm.brief.open')}
      </Link>
      {!short && content !== '' && content !== last.record.title && (
        <p className={classes.briefText}>{content}</p>
      )}
    </div>
  );
}
