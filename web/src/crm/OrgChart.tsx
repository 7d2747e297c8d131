import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ObjectMeta, type RecordData, useObject, useRecordList } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import type { RecordSlotProps } from '@/records/slots';
import { EmptyState, ErrorState, Loading, useTexts } from '@/ui';
import classes from './crm.module.css';
import { type Department, orgTree } from './orgTree';

const noObject = { key: 'person', plural: '' };
const kShown = ['department', 'division', 'job_title', 'job_rank', 'employment', 'phone', 'mobile'];

/** The people of a company by department, the highest rank first. */
export function OrgChart({ record }: RecordSlotProps) {
  const { t } = useTexts();
  const person = useObject('person');
  const query = useMemo(
    () => ({
      filter: { company: { eq: record.id } },
      fields: kShown.filter((key) => person?.fields.some((field) => field.key === key)),
    }),
    [record.id, person],
  );
  const list = useRecordList(person ?? noObject, query, { limit: 200, enabled: person !== undefined });
  const tree = useMemo(() => {
    const ranks =
      person?.fields.find((field) => field.key === 'job_rank')?.options?.map((option) => option.key) ?? [];
    const rankOf = (each: RecordData) => {
      const at = ranks.indexOf(String(each.job_rank ?? ''));
      return at < 0 ? ranks.length : at;
    };
    const people = list.records
      .filter((each) => each.employment !== 'left')
      .sort((a, b) => rankOf(a) - rankOf(b));
    return orgTree(people, (each) =>
      [each.division, each.department].filter((part) => !isEmpty(part)).join(' '),
    );
  }, [list.records, person]);
  if (list.isPending) return <Loading rows={4} />;
  if (list.error) return <ErrorState compact error={list.error} onRetry={() => void list.refetch()} />;
  if (!person || (tree.people.length === 0 && tree.children.length === 0))
    return <EmptyState compact title={t('crm.org.none')} />;
  return (
    <div className={classes.org}>
      <div className={classes.orgRoot}>{record.title}</div>
      <Branch department={tree} person={person} />
    </div>
  );
}

function Branch({ department, person }: { department: Department; person: ObjectMeta }) {
  const { language } = useTexts();
  const fields = ['job_title', 'job_rank', 'phone', 'mobile'].flatMap((key) =>
    person.fields.filter((field) => field.key === key),
  );
  return (
    <ul className={classes.orgList}>
      {department.people.map((each) => {
        const title = fields.find(
          (field) => field.kind !== 'phone' && field.kind !== 'phones' && !isEmpty(each[field.key]),
        );
        const phone = fields.find((field) => field.kind === 'phone' && !isEmpty(each[field.key]));
        return (
          <li key={each.id} className={classes.orgPerson}>
            <span className={classes.orgTitle}>
              {title && kindOf(title.kind).text(each[title.key], title, language)}
            </span>
            <Link to="/o/$plural/$id" params={{ plural: person.plural, id: each.id }}>
              {each.title}
            </Link>
            {phone && (
              <a href={`tel:${String(each[phone.key])}`} className={classes.orgPhone}>
                {String(each[phone.key])}
              </a>
            )}
          </li>
        );
      })}
      {department.children.map((child) => (
        <li key={child.name}>
          <div className={classes.orgName}>{child.name}</div>
          <Branch department={child} person={person} />
        </li>
      ))}
    </ul>
  );
}
