import { IconArrowBackUp, IconArrowRight } from '@tabler/icons-react';
import {
  type FieldValue,
  type HistoryEntry,
  type ObjectMeta,
  type RecordData,
  useHistory,
  useTeamOptions,
} from '@/api';
import { isFileValue, kindOf, referencesOf, sameValue } from '@/fields';
import { Button, EmptyState, ErrorState, formatDateTime, Loading, useTexts } from '@/ui';
import { isEditable } from '../fieldGroups';
import classes from './page.module.css';
import { useSaveFact } from './useSaveFact';

/** Who changed what and when; an old value returns with one click. */
export function History({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTexts();
  const history = useHistory(object, record.id);
  const saving = useSaveFact(object);
  if (history.isPending) return <Loading rows={6} />;
  if (history.error && history.entries.length === 0)
    return <ErrorState compact error={history.error} onRetry={() => void history.refetch()} />;
  if (history.entries.length === 0) return <EmptyState compact title={t('records.history.none')} />;
  return (
    <>
      {Object.values(saving.errors).map((text) => (
        <p key={text} role="alert" className={classes.problem}>
          {text}
        </p>
      ))}
      <ol className={classes.history}>
        {history.entries.map((entry) => (
          <li key={entry.id} className={classes.change}>
            <div className={classes.changeHead}>
              <b>{entry.by?.title ?? t(`records.history.source.${entry.source}`)}</b>
              <span>{t(`records.history.action.${entry.action}`)}</span>
              <span className={classes.entryMeta}>
                {formatDateTime(entry.at)} {t(`records.history.source.${entry.source}`)}
              </span>
            </div>
            <Changes
              object={object}
              record={record}
              entry={entry}
              onReturn={(field, value) => void saving.save(record, { [field]: value ?? null })}
            />
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('records.more')}
        </Button>
      )}
    </>
  );
}

interface ChangesProps {
  object: ObjectMeta;
  record: RecordData;
  entry: HistoryEntry;
  onReturn: (field: string, value: FieldValue) => void;
}

function Changes({ object, record, entry, onReturn }: ChangesProps) {
  const { t, label, language } = useTexts();
  const shown = entry.changes.flatMap((change) => {
    const field = object.fields.find((each) => each.key === change.field);
    return field ? [{ ...change, meta: field }] : [];
  });
  const files = entry.changes.filter((change) => change.field === 'files');
  const teams = useTeamOptions(entry.changes.some((change) => change.field === 'team_id')).data;
  return (
    <ul className={classes.changes}>
      {files.map(({ old, new: next }) => {
        const removed = isFileValue(old) ? old.name : undefined;
        return (
          <li key={JSON.stringify([old, next])}>
            <span className={classes.changeField}>{t('records.tabs.files')}</span>
            <span className={classes.changeValues}>
              {removed ? <del>{removed}</del> : isFileValue(next) ? next.name : ''}
            </span>
          </li>
        );
      })}
      {entry.changes.flatMap(({ field, old, new: next }) => {
        if (field !== 'merged_from' && field !== 'merged_into') return [];
        const gone = referencesOf(old);
        const come = referencesOf(next);
        return (
          <li key={field}>
            <span className={classes.changeField}>{t(`records.history.${field}`)}</span>
            <span className={classes.changeValues}>
              {gone.length > 0 && <del>{gone.map((each) => each.title).join(t('records.merge.and'))}</del>}
              {come.length > 0 && <span>{come.map((each) => each.title).join(t('records.merge.and'))}</span>}
              {gone.length + come.length === 0 && t('records.history.unseen')}
            </span>
          </li>
        );
      })}
      {shown.map(({ meta, old, new: next }) => {
        const text = (value: FieldValue) =>
          (meta.key === 'team_id'
            ? teams?.find((team) => team.id === (value as { id?: string } | null)?.id)?.title
            : kindOf(meta.kind).text(value, meta, language)) || t('records.history.empty');
        const returnable =
          entry.action === 'update' &&
          object.permissions.update &&
          !record.deleted_at &&
          isEditable(meta) &&
          !sameValue(old, record[meta.key]);
        return (
          <li key={meta.key}>
            <span className={classes.changeField}>{label(meta.label)}</span>
            <span className={classes.changeValues}>
              {entry.action !== 'create' && (
                <>
                  <del>{text(old)}</del>
                  <IconArrowRight size={13} aria-label={t('records.history.to')} />
                </>
              )}
              <span>{text(next)}</span>
            </span>
            {returnable && (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconArrowBackUp size={13} />}
                aria-label={t('records.history.returnTo', { value: text(old) })}
                onClick={() => onReturn(meta.key, old)}
              >
                {t('records.history.return')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
