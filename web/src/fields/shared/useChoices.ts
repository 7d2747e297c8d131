import {
  type ObjectMeta,
  type Reference,
  useCreateRecord,
  useObject,
  useRecordList,
  useSearch,
  useUserOptions,
  type Values,
} from '@/api';

export interface Choice extends Reference {
  subtitle?: string;
}

interface Choices {
  choices: Choice[];
  loading: boolean;
  /** Makes a new record named so; absent when the caller may not, or a name alone cannot make one. */
  create?: (name: string) => Promise<Choice>;
}

const noList = {};

/** What can be chosen for a typed text: records of an object, the latest ones before anything is typed, or users. */
export function useChoices(target: string | null, q: string, open: boolean): Choices {
  const object = useObject(target ?? undefined);
  const known = object ?? { key: target ?? '', plural: '' };
  const typed = q !== '';
  const found = useSearch(open && target !== null ? q : '', { objects: [target ?? ''], limit: 10 });
  const latest = useRecordList(known, noList, { limit: 10, enabled: open && !typed && object !== undefined });
  const users = useUserOptions(q, open && target === null);
  const created = useCreateRecord(known);

  if (target === null) return { choices: users.data ?? [], loading: open && users.isFetching };
  const titled = object && namedBy(object);
  return {
    choices: typed ? (found.data?.items ?? []) : latest.records,
    loading: open && (typed ? found.isFetching : object !== undefined && latest.isPending),
    create: titled
      ? async (name) => {
          const record = await created.mutateAsync({ values: titled(name) });
          return { id: record.id, title: record.title };
        }
      : undefined,
  };
}

/** How a name alone becomes the values of a new record: the title field, or the parts it is made of (姓 and 名). */
export function namedBy(object: ObjectMeta): ((name: string) => Values) | undefined {
  const title = object.fields.find((field) => field.key === object.title);
  if (!object.permissions.create || !title) return undefined;
  if (title.writable && !title.read_only) return (name) => ({ [title.key]: name });
  const parts = object.fields.filter(
    (field) =>
      title.whole &&
      field.whole === title.whole &&
      field.kind === 'text' &&
      field.writable &&
      !field.read_only,
  );
  const [first, second] = parts;
  if (!first) return undefined;
  return (name) => {
    const [family = '', ...given] = name.split(/[\s　]+/);
    return second && given.length > 0
      ? { [first.key]: family, [second.key]: given.join(' ') }
      : { [first.key]: name };
  };
}
