import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  type FieldMeta,
  type ObjectMeta,
  type RecordData,
  useObject,
  useObjects,
  useRecordList,
} from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { Button, ErrorState, Loading, NamedIcon, Text, useTexts } from '@/ui';
import { columnFields } from '../fieldGroups';
import { RecordCreate } from '../RecordCreate';
import { useRecordSlots } from '../slots';
import classes from './page.module.css';

/** Every list of records that point to this one. */
export function Related({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const objects = useObjects();
  const shown = useRecordSlots().shown ?? [];
  // What is part of this record (the lines of an order) comes before what only points to it; of a customer people and what
  // was done with them matter more.
  const isPart = (link: ObjectMeta['links_in'][number]) =>
    !object.customer && objects.find((each) => each.key === link.object)?.parent_link === link.field;
  return object.links_in
    .filter((link) => !shown.includes(link.object))
    .toSorted((a, b) => Number(isPart(b)) - Number(isPart(a)))
    .map((link) => (
      <RelatedList key={`${link.object}-${link.field}`} parent={object} record={record} link={link} />
    ));
}

interface RelatedListProps {
  parent: ObjectMeta;
  record: RecordData;
  link: ObjectMeta['links_in'][number];
}

// A number, a day or a yes alone does not say what it is.
const bare = new Set<FieldMeta['comparison']>(['number', 'date', 'yes_no']);
const kShown = 8;
const kColumns = 4;

/** Who or what points to this record through one field, with a button for one more. */
export function RelatedList({ parent, record, link }: RelatedListProps) {
  const { t, label, language } = useTexts();
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
  // Through which field, where the name alone does not say it: companies of a company. The names of several links of one
  // object say it already.
  const ambiguous =
    link.object === parent.key && parent.links_in.filter((each) => each.object === link.object).length === 1;
  const through = object.fields.find((field) => field.key === link.field);
  const name =
    ambiguous && through
      ? t('records.related.through', { name: label(link.label), field: label(through.label) })
      : label(link.label);
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
                const value = each[field.key];
                const said = kindOf(field.kind).text(value, field, language);
                if (isEmpty(value) || said === each.title) return null;
                return (
                  <span key={field.key} className={classes.relatedFact}>
                    {bare.has(field.comparison) && (
                      <span className={classes.quiet}>{label(field.label)}</span>
                    )}
                    <Cell field={field} value={value} place="row" />
                  </span>
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
