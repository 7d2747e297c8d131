import { IconCrown, IconDots, IconPlus, IconSitemap } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  type ObjectMeta,
  type RecordData,
  useObject,
  usePatchRecord,
  useRecordList,
  type Values,
} from '@/api';
import { isEmpty, isReference, kindOf, phoneHref } from '@/fields';
import { RecordCreate } from '@/records/RecordCreate';
import type { RecordSlotProps } from '@/records/slots';
import {
  ActionIcon,
  Button,
  EmptyState,
  ErrorState,
  Loading,
  Menu,
  notifyError,
  notifyUndo,
  Text,
  useTexts,
} from '@/ui';
import classes from './crm.module.css';
import { type Department, flatDepartments, orgTree } from './orgTree';

const kPage = 200;
const kPersonFields = [
  'department_unit',
  'department',
  'division',
  'job_title',
  'job_rank',
  'employment',
  'phone',
  'mobile',
];
const kDepartmentFields = ['name', 'parent', 'head', 'phone', 'employees', 'position'];

function known(object: ObjectMeta | undefined, keys: readonly string[]): string[] {
  return keys.filter((key) => object?.fields.some((field) => field.key === key));
}

// Departments or people of this company, page after page.
function useOfCompany(key: string, company: string, keys: readonly string[]) {
  const object = useObject(key);
  const query = useMemo(
    () => ({ filter: { company: { eq: company } }, fields: known(object, keys), sort: object?.default_sort }),
    [company, object, keys],
  );
  const list = useRecordList(object ?? { key, plural: '' }, query, {
    limit: kPage,
    enabled: object !== undefined,
  });
  return { object, list };
}

type Creating = { object: ObjectMeta; initial: Values };

/** The departments of a company as its own chart shows them, with its people in them: who decides, who sits where. */
export function OrgChart({ record }: RecordSlotProps) {
  const { t } = useTexts();
  const { object: department, list: departments } = useOfCompany('department', record.id, kDepartmentFields);
  const { object: person, list: people } = useOfCompany('person', record.id, kPersonFields);
  const [creating, setCreating] = useState<Creating | null>(null);
  const chart = useMemo(() => {
    const present = byRank(
      people.records.filter((each) => each.employment !== 'left'),
      person,
    );
    return orgTree(departments.records, present);
  }, [departments.records, people.records, person]);

  const lists = [department && departments, person && people].filter((each) => each !== undefined);
  const failed = lists.find((list) => list.error && list.records.length === 0);
  if (lists.some((list) => list.isPending)) return <Loading rows={6} />;
  if (failed?.error) return <ErrorState compact error={failed.error} onRetry={() => void failed.refetch()} />;

  const company = { id: record.id, title: record.title };
  const add = (parent?: RecordData) =>
    department &&
    setCreating({
      object: department,
      initial: { company, ...(parent && { parent: { id: parent.id, title: parent.title } }) },
    });
  const addPerson = (unit: RecordData) =>
    person &&
    setCreating({
      object: person,
      initial: { company, department_unit: { id: unit.id, title: unit.title } },
    });
  const mayAdd = department?.permissions.create === true && !record.deleted_at;
  const mayAddPerson = person?.permissions.create === true && !record.deleted_at;
  const more = lists.find((list) => list.hasNextPage);
  const nothing = chart.departments.length === 0 && chart.unplaced.length === 0;
  const addButton = mayAdd && (
    <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add()}>
      {t('crm.org.add')}
    </Button>
  );
  return (
    <>
      {nothing ? (
        <EmptyState
          compact
          icon={<IconSitemap size={28} stroke={1.5} />}
          title={t('crm.org.none')}
          actions={addButton || undefined}
        >
          {t('crm.org.noneHelp')}
        </EmptyState>
      ) : (
        <div className={classes.org}>
          <div className={classes.orgHead}>
            <span className={classes.orgRoot}>{record.title}</span>
            <span className={classes.space} />
            {addButton}
          </div>
          {chart.departments.length === 0 && department && (
            <Text c="dimmed">{t('crm.org.noDepartments')}</Text>
          )}
          <Branches
            departments={chart.departments}
            department={department}
            person={person}
            onAdd={mayAdd ? add : undefined}
            onAddPerson={mayAddPerson ? addPerson : undefined}
          />
          {person && chart.unplaced.length > 0 && (
            <section className={classes.orgRest} aria-labelledby={`${record.id}-rest`}>
              <h3 id={`${record.id}-rest`} className={classes.orgRestTitle}>
                {t('crm.org.unplaced')}
                <span className={classes.orgCount}>
                  {t('crm.org.people', { count: chart.unplaced.length })}
                </span>
              </h3>
              <ul className={classes.orgPeople}>
                {chart.unplaced.map((each) => (
                  <PersonLine
                    key={each.id}
                    record={each}
                    person={person}
                    place={[each.division, each.department].filter((part) => !isEmpty(part)).join(' ')}
                    departments={chart.departments}
                  />
                ))}
              </ul>
            </section>
          )}
          {more && (
            <Button
              mt="sm"
              variant="subtle"
              fullWidth
              loading={more.isFetchingNextPage}
              onClick={() => void more.fetchNextPage()}
            >
              {t('crm.org.more')}
            </Button>
          )}
        </div>
      )}
      {creating && (
        <RecordCreate
          object={creating.object}
          initial={creating.initial}
          opened
          onClose={() => setCreating(null)}
          onCreated={() => setCreating(null)}
        />
      )}
    </>
  );
}

// The highest rank first, as on the list of members that a company gives out.
function byRank(people: RecordData[], person: ObjectMeta | undefined): RecordData[] {
  const ranks =
    person?.fields.find((field) => field.key === 'job_rank')?.options?.map((option) => option.key) ?? [];
  const rankOf = (each: RecordData) => {
    const at = ranks.indexOf(String(each.job_rank ?? ''));
    return at < 0 ? ranks.length : at;
  };
  return people.toSorted((a, b) => rankOf(a) - rankOf(b));
}

interface BranchesProps {
  departments: Department[];
  department?: ObjectMeta;
  person?: ObjectMeta;
  onAdd?: (parent: RecordData) => void;
  onAddPerson?: (unit: RecordData) => void;
}

function Branches(props: BranchesProps) {
  const { departments, department, person, onAdd, onAddPerson } = props;
  const { t } = useTexts();
  if (departments.length === 0 || !department) return null;
  return (
    <ul className={classes.orgList}>
      {departments.map(({ record, people, children }) => {
        const head = isReference(record.head) ? record.head : undefined;
        return (
          <li key={record.id}>
            <div className={classes.orgDepartment}>
              <Link
                className={classes.orgName}
                to="/o/$plural/$id"
                params={{ plural: department.plural, id: record.id }}
              >
                {record.title}
              </Link>
              {typeof record.employees === 'number' && (
                <span className={classes.orgCount}>{t('crm.org.people', { count: record.employees })}</span>
              )}
              {typeof record.phone === 'string' && (
                <a href={phoneHref(record.phone)} className={classes.orgPhone}>
                  {record.phone}
                </a>
              )}
              {(onAdd || onAddPerson) && (
                <Menu position="bottom-start">
                  <Menu.Target>
                    <ActionIcon aria-label={t('crm.org.menu', { name: record.title })}>
                      <IconDots size={16} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {onAdd && <Menu.Item onClick={() => onAdd(record)}>{t('crm.org.addBelow')}</Menu.Item>}
                    {onAddPerson && (
                      <Menu.Item onClick={() => onAddPerson(record)}>{t('crm.org.addPerson')}</Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              )}
            </div>
            {person && (people.length > 0 || head) && (
              <ul className={classes.orgPeople}>
                {/* A head who belongs elsewhere, or has left, is still named here. */}
                {head && !people.some((each) => each.id === head.id) && (
                  <li className={classes.orgPerson}>
                    <HeadMark />
                    <Link to="/o/$plural/$id" params={{ plural: person.plural, id: head.id }}>
                      {head.title}
                    </Link>
                  </li>
                )}
                {people.map((each) => (
                  <PersonLine key={each.id} record={each} person={person} head={head?.id === each.id} />
                ))}
              </ul>
            )}
            <Branches {...props} departments={children} />
          </li>
        );
      })}
    </ul>
  );
}

function HeadMark() {
  const { t } = useTexts();
  return (
    <span className={classes.orgMark}>
      <IconCrown size={13} aria-hidden="true" />
      {t('crm.org.head')}
    </span>
  );
}

interface PersonLineProps {
  record: RecordData;
  person: ObjectMeta;
  head?: boolean;
  /** What the record says of the department in words, for those without a place in the chart. */
  place?: string;
  /** To choose a place from. */
  departments?: Department[];
}

function PersonLine({ record, person, head, place, departments = [] }: PersonLineProps) {
  const { t, language } = useTexts();
  const saving = usePatchRecord(person);
  const field = (key: string) => person.fields.find((each) => each.key === key);
  const title = ['job_title', 'job_rank'].map(field).find((each) => each && !isEmpty(record[each.key]));
  const phone = ['phone', 'mobile'].map((key) => record[key]).find((each) => typeof each === 'string');
  const unit = field('department_unit');
  const movable = person.permissions.update && unit?.writable !== false && departments.length > 0;
  const put = (into: RecordData) =>
    saving.mutate(
      { id: record.id, version: record.version, values: { department_unit: into.id } },
      {
        onSuccess: ({ change }) =>
          notifyUndo(t('crm.org.placed', { name: record.title, department: into.title }), change),
        onError: notifyError,
      },
    );
  return (
    <li className={classes.orgPerson}>
      {head && <HeadMark />}
      {title && (
        <span className={classes.orgTitle}>
          {kindOf(title.kind).text(record[title.key], title, language)}
        </span>
      )}
      <Link to="/o/$plural/$id" params={{ plural: person.plural, id: record.id }}>
        {record.title}
      </Link>
      {place && <span className={classes.orgPlace}>{place}</span>}
      {typeof phone === 'string' && (
        <a href={phoneHref(phone)} className={classes.orgPhone}>
          {phone}
        </a>
      )}
      {movable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              loading={saving.isPending}
              aria-label={t('crm.org.placeOf', { name: record.title })}
            >
              {t('crm.org.place')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {flatDepartments(departments).map((each) => (
              <Menu.Item
                key={each.record.id}
                style={{ paddingInlineStart: 12 + each.depth * 16 }}
                onClick={() => put(each.record)}
              >
                {each.record.title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
