import { IconArrowMerge } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DuplicatePair, FieldMeta, ObjectMeta, PairDecision, RecordData } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { Anchor, Button, formatDateTime, useLanguage, useTexts } from '@/ui';
import { idsInAddress } from '../merge/address';
import { useRecordSlots } from '../slots';
import classes from './queue.module.css';

/** Two records side by side: what they share, what differs, and what to make of it. */
export function PairCard({
  object,
  pair,
  busy,
  onDecide,
}: {
  object: ObjectMeta;
  pair: DuplicatePair;
  busy: boolean;
  onDecide: (decision: PairDecision) => void;
}) {
  const { t, label } = useTexts();
  const language = useLanguage();
  const Further = useRecordSlots().pair;
  const { a, b } = pair;
  const said = (record: RecordData, field: FieldMeta) =>
    isEmpty(record[field.key]) ? '' : kindOf(field.kind).text(record[field.key], field, language);
  const fields = comparedFields(object, pair).filter(
    (field) => said(a, field) !== '' || said(b, field) !== '',
  );
  const mayChange = object.permissions.update;
  const head = (record: RecordData) => (
    <Anchor
      fw={600}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/o/$plural/$id"
          params={{ plural: object.plural, id: record.id }}
          target="_blank"
        />
      )}
    >
      {record.title || t('records.untitled')}
    </Anchor>
  );
  return (
    <article className={classes.pair} aria-label={`${a.title} / ${b.title}`}>
      <header className={classes.reasons}>
        <strong className={classes.percent} data-likely={pair.percent >= 90 || undefined}>
          {t('records.queue.percent', { percent: pair.percent })}
        </strong>
        {pair.reasons.map((reason) => (
          <span key={reason.field} className={classes.reason} data-agrees={reason.agrees}>
            {reason.text}
          </span>
        ))}
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <td className={classes.label} />
            <th scope="col">{head(a)}</th>
            <th scope="col">{head(b)}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const left = said(a, field);
            const right = said(b, field);
            return (
              <tr key={field.key} data-differs={(left !== '' && right !== '' && left !== right) || undefined}>
                <th scope="row" className={classes.label}>
                  {label(field.label)}
                </th>
                <td>{left || <i>{t('records.queue.empty')}</i>}</td>
                <td>{right || <i>{t('records.queue.empty')}</i>}</td>
              </tr>
            );
          })}
          <tr>
            <th scope="row" className={classes.label}>
              {t('records.queue.updated')}
            </th>
            <td>{formatDateTime(a.updated_at)}</td>
            <td>{formatDateTime(b.updated_at)}</td>
          </tr>
        </tbody>
      </table>
      {mayChange && (
        <footer className={classes.decide}>
          {pair.decision === 'open' ? (
            <>
              {object.permissions.delete && (
                <Button
                  leftSection={<IconArrowMerge size={16} />}
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="/merge"
                      search={{ object: object.key, ids: idsInAddress([a.id, b.id]) }}
                    />
                  )}
                >
                  {t('records.queue.same')}
                </Button>
              )}
              <Button variant="default" loading={busy} onClick={() => onDecide('different')}>
                {t('records.queue.different')}
              </Button>
              <Button variant="subtle" disabled={busy} onClick={() => onDecide('later')}>
                {t('records.queue.later')}
              </Button>
              {Further && <Further object={object} pair={pair} busy={busy} />}
            </>
          ) : (
            <Button variant="default" loading={busy} onClick={() => onDecide('open')}>
              {t('records.queue.reopen')}
            </Button>
          )}
        </footer>
      )}
    </article>
  );
}

/** What was compared, in the order of the object's fields, and what lists show beside it. */
function comparedFields(object: ObjectMeta, pair: DuplicatePair): FieldMeta[] {
  const compared = new Set(pair.reasons.map((reason) => reason.field));
  // Of an address the reason names the first part.
  const wholes = new Set(
    object.fields.filter((field) => compared.has(field.key) && field.whole).map((field) => field.whole),
  );
  return object.fields.filter(
    (field) =>
      field.key !== object.title &&
      (compared.has(field.key) || (field.whole && wholes.has(field.whole)) || field.in_list),
  );
}
