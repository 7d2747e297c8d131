import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type ObjectMeta, type RecordData, useObject, useRecordList } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { Button, ErrorState, Loading, NamedIcon, Text, useTexts } from '@/ui';
import { columnFields } from '../fieldGroups';
import { RecordCreate } from '../RecordCreate';
import classes from './page.module.css';

/** Every list of records that point to this one. */
export function Related({ object, record }: { object: ObjectMeta; record: RecordData }) {
  return object.links_in.map((link) => (
    <RelatedList key={`${link.object}-${link.field}`} parent={object} record={record} link={link} />
  ));
}

interface RelatedListProps {
  parent: ObjectMeta;
  record: RecordData;
  link: ObjectMeta['links_in'][number];
}

const kShown = 8;
const kColumns = 4;

/** Who or what points to this record through one field, with a button for one more. */
export function RelatedList({ record, link }: RelatedListProps) {
  const { t, label } = useTexts();
  const object = useObject(link.object);
  const [creating, setCreating] = useState(false);
  const columns = useMemo(
    () =>
      object
        ? columnFields(object, undefined)
            .filter((field) => field.key !== link.field)
            .slice(0, kColumns)
        : [],
    [object, link.field],
  );
  const several = object?.fields.find((field) => field.key === link.field)?.kind === 'links';
  const filter = useMemo(
    () => ({ [link.field]: several ? { in: [record.id] } : { eq: record.id } }),
    [link.field, several, record.id],
  );
  const query = useMemo(() => ({ filter, fields: columns.map((field) => field.key) }), [filter, columns]);
  const list = useRecordList(object ?? { key: link.object, plural: '' }, query, {
    limit: kShown,
    enabled: object !== undefined,
  });
  if (!object) return null;
  const name = label(link.label);
  const count = list.total?.count ?? 0;
  return (
    <section className={classes.related} aria-label={name}>
      <header className={classes.relatedHead}>
        <h2 className={classes.relatedTitle}>
          <NamedIcon name={object.icon} size={16} /> {name}
          {list.total && (
            <span className={classes.entryMeta}>
              {t(list.total.exact ? 'records.list.count' : 'records.list.countMore', { count })}
            </span>
          )}
        </h2>
        {object.permissions.create && !record.deleted_at && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            aria-label={t('records.related.addNamed', { name })}
            onClick={() => setCreating(true)}
          >
            {t('ui.add')}
          </Button>
        )}
      </header>
      {list.isPending && <Loading rows={2} />}
      {list.error && list.records.length === 0 && (
        <ErrorState compact error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.records.length === 0 && !list.isPending && !list.error && (
        <Text c="dimmed" size="xs">
          {t('records.related.none')}
        </Text>
      )}
      <ul className={classes.relatedRows}>
        {list.records.map((each) => (
          <li key={each.id}>
            <Link
              className={classes.relatedRow}
              to="/o/$plural/$id"
              params={{ plural: object.plural, id: each.id }}
            >
              <b>{each.title || t('records.untitled')}</b>
              {columns.map((field) => {
                const { Cell } = kindOf(field.kind);
                return isEmpty(each[field.key]) ? null : (
                  <Cell key={field.key} field={field} value={each[field.key]} place="row" />
                );
              })}
            </Link>
          </li>
        ))}
      </ul>
      {count > list.records.length && (
        <Link
          className={classes.relatedAll}
          to="/o/$plural"
          params={{ plural: object.plural }}
          search={{ filter }}
        >
          {t('records.related.all', { count })}
        </Link>
      )}
      <RecordCreate
        object={object}
        initial={{ [link.field]: several ? [referenceTo(record)] : referenceTo(record) }}
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={() => setCreating(false)}
      />
    </section>
  );
}

function referenceTo(record: RecordData) {
  return { id: record.id, title: record.title };
}
